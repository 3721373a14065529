# length -- adds reply_length, the characters of the field technologies, to each record.
.reply_length = (.technologies | if . == null then null else length end)
