# counts.jq -- the cells of a run as TABLE, VALUE, GROUP, COUNT, as replies.awk has them.
def word: if . == true then "yes" elif . == false then "no" elif . == null then "" else . end;
select(.kind == "cell" and .n > 0) | [.table, (.value | word), (.group | word), (.n | tostring)] | join("\t")
