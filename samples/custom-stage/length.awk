# length -- adds reply_length, the characters of the field technologies, to each record.
#
# Text by text, without a parser: good for this field of compact records, whose strings hold no escapes but \" \\ \/ \b \f
# \n \r \t. Run it with a locale of UTF-8, or characters are bytes.
{
    length_of = "null"
    if (match($0, /"technologies":"([^"\\]|\\.)*"/)) {
        reply = substr($0, RSTART + 16, RLENGTH - 17)
        gsub(/\\./, "x", reply)
        length_of = length(reply)
    }
    if (!sub(/}$/, ",\"reply_length\":" length_of "}")) {
        print "length: <stdin>:" NR ": not a JSON object" >"/dev/stderr"
        exit 1
    }
    print
}
