# crosstabs.jq -- the cells of the job's six crosstabs, a line for each answer, for uniq to count: jq
# adds to a count in an object by copying it. It reads no CSV, so from the records of fromcsv.
#
#   jq -nr --slurpfile roster roster.jsonl -f crosstabs.jq 1.jsonl | sort | uniq -c
def word: {"yes": "yes", "y": "yes", "no": "no", "n": "no"}[ascii_downcase | ltrimstr(" ") | rtrimstr(" ")];
INDEX($roster[]; .body) as $bodies
| inputs | $bodies[.Body] as $b
| (.["1. In-house team?"] | word) as $team | (.["2. Public websites?"] | word) as $public
| ["team_by_funded", $team, $b.funded], ["public_by_type", $public, $b.type],
  ["clinical_by_region", (.["3. Clinical staff?"] | word), $b.region],
  ["others_by_funded", (.["4. For others?"] | word), $b.funded],
  ["grant_by_status", (.["5. Grant?"] | word), .Status], ["team_by_public", $team, $public]
| select(.[1] and .[2]) | "\(.[0])\t\(.[1])\t\(.[2])"
