"""length -- adds reply_length, the characters of the field technologies, to each record."""
import json
import sys

for number, line in enumerate(sys.stdin, 1):
    try:
        record = json.loads(line)
        reply = record.get("technologies")
        record["reply_length"] = None if reply is None else len(reply)
    except (ValueError, AttributeError) as error:
        sys.exit(f"length: <stdin>:{number}: {error}")
    print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
