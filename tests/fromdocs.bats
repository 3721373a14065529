#!/usr/bin/env bats
# fromdocs: letters of every kind, written here by hand in the shapes that mail programs, Word and
# LibreOffice give them.
load helper

bats_helper() {
    "$BATS_TEST_DIRNAME/$@"
}

# field FILTER [OPTION...] PATH...: what jq makes of each record.
field() {
    local filter=$1
    shift
    "$BIN/fromdocs" "$@" >records.jsonl 2>messages
    jq -c "$filter" records.jsonl
}

needs_mail() {
    printf 'From: a@b.c\nSubject: x\n\n' | "$BIN/fromdocs" 2>/dev/null | grep -q '"text":null' && skip "built without GMime"
    return 0
}

needs_pdf() {
    command -v pdftotext >/dev/null || skip "no pdftotext"
}

# mail FILE [HEADER...] < BODY
mail() {
    local file=$1
    shift
    {
        printf '%s\n' 'From: FOI Team <foi@rxx.example>' 'To: researcher@example.org' 'Subject: Reply' 'Date: Mon, 2 Mar 2020 10:15:00 +0100' 'MIME-Version: 1.0' "$@"
        echo
        cat
    } >"$file"
}

W='xmlns:w="w" xmlns:w14="w14" xmlns:mc="mc" xmlns:wps="wps"'

# docx FILE BODY; more parts come on standard input.
docx() {
    {
        printf '%s\n' '--- [Content_Types].xml' '<Types/>' '--- word/document.xml' "<w:document $W><w:body>$2</w:body></w:document>"
        cat
    } | bats_helper zip-parts "$1"
}

@test "fromdocs makes a record of a mail, with what its headers say" {
    needs_mail
    mail RXX.eml 'Content-Type: text/plain; charset=utf-8' <<<'1. Yes.'
    "$BIN/fromdocs" RXX.eml >got
    same_as got <<'END'
{"reply":"RXX","file":"RXX.eml","part":null,"type":"email","date":"2020-03-02T10:15:00+01:00","from":"FOI Team <foi@rxx.example>","to":"researcher@example.org","subject":"Reply","title":null,"url":null,"pages":null,"text":"1. Yes."}
END
}

@test "fromdocs reads every charset and transfer encoding of a mail" {
    needs_mail
    printf 'Caf\xe9 \x96 5\n' | mail a.eml 'Content-Type: text/plain; charset=iso-8859-1' 'Content-Transfer-Encoding: 8bit'
    assert_equal "$(field .text a.eml)" '"Café – 5"'
    mail a.eml 'Content-Type: text/plain; charset=windows-1252' 'Content-Transfer-Encoding: quoted-printable' <<<'Yes =96 five =80'
    assert_equal "$(field .text a.eml)" '"Yes – five €"'
    printf '東京' | iconv -f UTF-8 -t ISO-2022-JP | mail a.eml 'Content-Type: text/plain; charset=iso-2022-jp'
    assert_equal "$(field .text a.eml)" '"東京"'
    printf 'Grüße' | iconv -f UTF-8 -t UTF-16LE | base64 | mail a.eml 'Content-Type: text/plain; charset=utf-16le' 'Content-Transfer-Encoding: base64'
    assert_equal "$(field .text a.eml)" '"Grüße"'
    printf 'Caf\xe9' | mail a.eml 'Content-Type: text/plain; charset=utf-8'
    assert_equal "$(field '[.text, .notes]' a.eml)" '["Café",["claims to be utf-8 and is not: read as windows-1252"]]'
    printf 'Café' | mail a.eml 'Content-Type: text/plain; charset=iso-8859-1'
    assert_equal "$(field '[.text, .notes]' a.eml)" '["Café",["claims to be iso-8859-1 and is UTF-8"]]'
    mail a.eml 'Content-Type: text/plain; format=flowed; delsp=no' <<<$'one \ntwo\n-- \nJane'
    assert_equal "$(field '[.text, .signature]' a.eml)" '["one two","-- \nJane"]'
}

@test "fromdocs takes the HTML part where the plain one is a table in a heap, or says nothing" {
    needs_mail
    mail a.eml 'Content-Type: multipart/alternative; boundary=b' <<'END'
--b
Content-Type: text/plain

Question Answer How many
staff? 4 Any contract? No
--b
Content-Type: text/html; charset=utf-8

<table><tr><th>Question</th><th>Answer</th></tr><tr><td>How many<br>staff?</td><td>4</td></tr><tr><td>Any contract?</td><td>No</td></tr></table>
--b--
END
    assert_equal "$(field '[.text, .notes]' a.eml)" '["Question\tAnswer\nHow many staff?\t4\nAny contract?\tNo",["text from the HTML part, which has a table"]]'
    mail a.eml 'Content-Type: text/html' <<<'<p>Only <b>this</b></p>'
    assert_equal "$(field .text a.eml)" '"Only this"'
    mail a.eml 'Content-Type: multipart/alternative; boundary=b' <<<$'--b\nContent-Type: text/plain\n\nPlain words are here\n--b\nContent-Type: text/html\n\n<p>Plain words are here</p>\n--b--'
    assert_equal "$(field '[.text, .notes]' a.eml)" '["Plain words are here",null]'
}

@test "fromdocs gives attachments, attached messages and winmail.dat records of their own" {
    needs_mail
    mail a.eml 'Content-Type: multipart/mixed; boundary=b' <<END
--b
Content-Type: text/plain

See attached.
--b
Content-Type: text/plain; name="=?utf-8?q?r=C3=A9ponse.txt?="
Content-Disposition: attachment

1. Yes
--b
Content-Type: message/rfc822

From: unit@rxx.example
Subject: Inner
Date: Tue, 3 Mar 2020 09:00:00 +0000

2. No
--b
Content-Type: application/ms-tnef; name=winmail.dat
Content-Transfer-Encoding: base64

$(printf 'x\x9f\x3e\x22abc' | base64)
--b--
END
    assert_equal "$(field '[.part, .type, .date, .text, .reason]' a.eml)" '[null,"email","2020-03-02T10:15:00+01:00","See attached.",null]
["réponse.txt","text","2020-03-02T10:15:00+01:00","1. Yes",null]
["winmail.dat","tnef","2020-03-02T10:15:00+01:00",null,"unsupported"]
["Inner.eml","email","2020-03-03T09:00:00+00:00","2. No",null]'
    assert_equal "$(cat messages)" "" # the record says why
    run -0 --separate-stderr "$BIN/fromdocs" -v a.eml
    [[ $stderr == *"a.eml: tnef unsupported"* ]]
    run -1 "$BIN/fromdocs" --strict a.eml
    assert_output --partial "1 of 4 documents could not be read, which --strict does not allow"
}

@test "fromdocs makes no record of the logos that a mail shows, and notes them" {
    needs_mail
    mail a.eml 'Content-Type: multipart/related; boundary=b' <<END
--b
Content-Type: text/html

<p>1. Yes</p><img src="cid:logo">
--b
Content-Type: image/png
Content-ID: <logo>
Content-Transfer-Encoding: base64

$(printf '\x89PNG\r\n\x1a\nlogo' | base64)
--b
Content-Type: image/png; name=scan.png
Content-Disposition: attachment
Content-Transfer-Encoding: base64

$(printf '\x89PNG\r\n\x1a\nscan' | base64)
--b--
END
    assert_equal "$(field '[.part, .text, .reason, .notes]' a.eml)" '[null,"1. Yes",null,["1 small pictures in the text not read"]]
["scan.png",null,"scanned",null]'
}

@test "fromdocs reads signed mails, and tells those that are encrypted" {
    needs_mail
    mail a.eml 'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b' <<<$'--b\nContent-Type: text/plain\n\n1. Yes\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nxx\n--b--'
    assert_equal "$(field '[.part, .text, .notes]' a.eml)" '[null,"1. Yes",["signed digitally, which was not checked"]]'
    mail a.eml 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b' <<<$'--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nxx\n--b--'
    assert_equal "$(field '[.text, .reason]' a.eml)" '[null,"encrypted"]'
}

@test "fromdocs reads mails that Outlook saved as text, and pages that browsers saved" {
    needs_mail
    printf 'From: FOI Team\nSent: 02 March 2020 10:15\nTo: Me\nSubject: Reply\n\n1. Yes\n' >a.txt
    assert_equal "$(field '[.type, .date, .subject, .text]' a.txt)" '["email","2020-03-02T10:15:00+00:00","Reply","1. Yes"]'
    mail p.mht 'Snapshot-Content-Location: http://x.example/a' 'Content-Type: multipart/related; boundary=b' <<<$'--b\nContent-Type: text/html\n\n<p>Page</p>\n--b--'
    assert_equal "$(field '[.url, .text]' p.mht)" '["http://x.example/a","Page"]'
    printf '<!DOCTYPE html>\n<!-- saved from url=(0019)http://x.example/b -->\n<html><p>Page</p></html>' >b.html
    assert_equal "$(field '[.url, .text]' b.html)" '["http://x.example/b","Page"]'
}

@test "fromdocs cuts off the message below and keeps it as quoted" {
    needs_mail
    mail a.eml <<<$'1. Yes\n\nFrom: Me <me@x.example>\nSent: 1 February 2020 09:00\nTo: foi@rxx.example\nSubject: Request\n\n1. Any?'
    assert_equal "$(field '[.text, .quoted]' a.eml)" '["1. Yes","From: Me <me@x.example>\nSent: 1 February 2020 09:00\nTo: foi@rxx.example\nSubject: Request\n\n1. Any?"]'
    mail a.eml <<<$'1. Yes\n\n-----Original Message-----\nAny?'
    assert_equal "$(field '[.text, .quoted]' a.eml)" '["1. Yes","-----Original Message-----\nAny?"]'
    mail a.eml <<<$'1. Yes\n\nOn Sat, 1 Feb 2020 at 09:00, Me\n<me@x.example> wrote:\n\n> Any?'
    assert_equal "$(field '[.text, .quoted]' a.eml)" '["1. Yes","On Sat, 1 Feb 2020 at 09:00, Me\n<me@x.example> wrote:\n\n> Any?"]'
    mail a.eml <<<$'1. Yes\n\n> Any?\n> More?'
    assert_equal "$(field '[.text, .quoted]' a.eml)" '["1. Yes","> Any?\n> More?"]'
}

@test "fromdocs takes the head of a printed mail for the document's own" {
    printf 'From: FOI Team\nDate: 2 March 2020\nTo: Me (by post)\nSubject: Reply to you\n\n1. Yes\n\nFrom: Me\nSent: 1 February\nTo: FOI Team\n\n1. Any?\n' >a.txt
    bats_helper pdf-of <a.txt >a.pdf
    if command -v pdftotext >/dev/null; then
        assert_equal "$(field '[.text, .quoted]' a.pdf)" '["From: FOI Team\nDate: 2 March 2020\nTo: Me (by post)\nSubject: Reply to you\n\n1. Yes","From: Me\nSent: 1 February\nTo: FOI Team\n\n1. Any?"]'
    fi
    docx a.docx '<w:p><w:r><w:t>From: FOI Team</w:t></w:r></w:p><w:p><w:r><w:t>Date: 2 March</w:t></w:r></w:p><w:p><w:r><w:t>To: Me</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>1. Yes</w:t></w:r></w:p>' </dev/null
    assert_equal "$(field '[.text, .quoted]' a.docx)" '["From: FOI Team\nDate: 2 March\nTo: Me\n\n1. Yes",null]'
}

@test "fromdocs leaves the message below where the answers are in it" {
    needs_mail
    mail a.eml <<<$'On 1 Feb 2020, Me wrote:\n> Any?\nYes, four.\n> More?\nNo.'
    assert_equal "$(field '[.text, .quoted, .notes[0]]' a.eml)" '["On 1 Feb 2020, Me wrote:\n> Any?\nYes, four.\n> More?\nNo.",null,"answers between the lines of the message quoted: nothing cut off"]'
    mail a.eml <<<$'Please see our answers below in red.\n\nFrom: Me\nSent: 1 February\nTo: foi@x\n\nAny? Yes.'
    assert_equal "$(field '[.quoted, .notes[0]]' a.eml)" '[null,"points to answers below: the message quoted was not cut off"]'
    mail a.eml <<<$'From: Me\nSent: 1 February\nTo: foi@x\n\nAny?'
    assert_equal "$(field '[.text, .quoted]' a.eml)" '["","From: Me\nSent: 1 February\nTo: foi@x\n\nAny?"]'
    sed -i 's/^Subject: .*/Subject: FW: Reply/' a.eml
    assert_equal "$(field '[.text, .quoted]' a.eml)" '["From: Me\nSent: 1 February\nTo: foi@x\n\nAny?",null]'
}

@test "fromdocs cuts off the message below where the answers that are pointed to follow at once" {
    needs_mail
    mail a.eml <<<$'Please find our answers below:\n\n1. Yes\n2. Four\n\nRegards\nFOI\n\nOn 1 Feb 2020, Me wrote:\n> 1. Any?\n> 2. How many in 2019?'
    assert_equal "$(field '[.text, .quoted, .notes]' a.eml)" '["Please find our answers below:\n\n1. Yes\n2. Four","On 1 Feb 2020, Me wrote:\n> 1. Any?\n> 2. How many in 2019?",null]'
    mail a.eml <<<$'Please see our answers below.\n\nRegards\nFOI\n\n1. Write to us to complain\n\nFrom: Me\nSent: 1 February\nTo: foi@x\n\nAny? Yes.'
    assert_equal "$(field .quoted a.eml)" null
}

@test "fromdocs keeps the steps of a review with the line that they belong to" {
    printf '1. Yes\n\nYours sincerely\nJane Doe\n\nIf you are dissatisfied with this you may ask for an internal review.\n1. Write to the Monitoring Officer\n2. Then to the Commissioner\n' >a.txt
    assert_equal "$(field '[.text, .signature]' a.txt)" '["1. Yes\nIf you are dissatisfied with this you may ask for an internal review.\n1. Write to the Monitoring Officer\n2. Then to the Commissioner","Yours sincerely\nJane Doe"]'
    printf '%s\n' '{"fields":[{"name":"a","number":"1","title":"Is there a team?"},{"name":"b","number":"2","title":"Who leads it?"}]}' >s.json
    assert_equal "$("$BIN/fromdocs" a.txt | "$BIN/extract" -s s.json | jq -c '[.a, .b]')" '["Yes",null]'
    printf '1. Yes\n\nYours sincerely\nJane Doe\n\nIf you are unhappy with this, ask for an internal review.\n' >a.txt
    assert_equal "$(field .text a.txt)" '"1. Yes"'
}

@test "fromdocs keeps the signature apart, and an annex behind it in the text" {
    printf '1. Yes\n\nYours sincerely,\n\nJane Doe\nFOI Officer\n\nAnnex A\nQ2: 4\n' >a.txt
    assert_equal "$(field '[.text, .signature]' a.txt)" '["1. Yes\n\nAnnex A\nQ2: 4","Yours sincerely,\n\nJane Doe\nFOI Officer"]'
}

@test "fromdocs reads a box of mails, each message with its place" {
    needs_mail
    printf 'From a@b Mon Mar  2 10:00:00 2020\nFrom: a@b\nSubject: one\nDate: Tue, 3 Mar 2020 10:00:00 +0000\n\nA\n>From here\n\nFrom a@b Mon Mar  2 10:00:00 2020\nFrom: a@b\nSubject: two\nDate: Mon, 2 Mar 2020 10:00:00 +0000\n\nB\n' >box.mbox
    assert_equal "$(field '[.part, .subject, .text]' box.mbox)" '["message 2","two","B"]
["message 1","one","A\nFrom here"]'
}

@test "fromdocs takes no line that begins with From for the start of a message in a box" {
    needs_mail
    {
        printf 'From - Mon Mar  2 10:00:00 2020\r\nFrom: a@b\r\nSubject: one\r\n\r\nA\r\n\r\nFrom my desk, yes: since 10:30.\r\nFrom 2019 on\r\n\r\n'
        printf 'From \nSubject: two\n\nB\n\nFrom next year\n\nNote: no\nFrom here: on\nNote: no\n'
        printf 'From x@y Mon Mar 02 10:00:00 +0000 2020\nSubject: three\n\nC'
    } >box.mbox
    assert_equal "$(field '[.part, .subject, .text]' box.mbox)" '["message 1","one","A\n\nFrom my desk, yes: since 10:30.\nFrom 2019 on"]
["message 2","two","B\n\nFrom next year\n\nNote: no\nFrom here: on\nNote: no"]
["message 3","three","C"]'
}

@test "fromdocs says that a box has more messages than are read of one file" {
    needs_mail
    seq 20001 | awk '{ print "From a@b Mon Mar  2 10:15:00 2020\nFrom: a@b\nSubject: " $1 "\n\ntext\n" }' >box.mbox
    run -0 --separate-stderr "$BIN/fromdocs" --stats stats.json box.mbox
    assert_equal "$(tail -n 1 <<<"$output" | jq -c '[.part, .reason, .detail]')" '["message 20000","too_large","more than 20000 documents in one file"]'
    assert_equal "$(jq -c '[.written, .unread]' stats.json)" '[20000,1]'
}

@test "fromdocs does not take a plain text for the UTF-16 that a mail claims" {
    needs_mail
    mail claim.eml 'Content-Type: text/plain; charset=utf-16' <<<'We have four of them.'
    assert_equal "$(field '[.text, .notes]' claim.eml)" '["We have four of them.",["claims to be utf-16 and is UTF-8"]]'
    mail kept.eml 'Content-Type: text/plain; charset=utf-16' 'Content-Transfer-Encoding: base64' <<<"$(printf 'f\0\374\0r\0 \0u\0s\0' | base64)"
    assert_equal "$(field '[.text, .notes]' kept.eml)" '["für us",null]'
}

@test "fromdocs reads a PDF by its pages: headers, numbers and cut words undone" {
    needs_pdf
    printf 'Anytown NHS Trust\n\nWe hold infor-\nmation on a well-\nknown system. This information\nis published.\n\n1\fAnytown NHS Trust\n\n4\n\nQuestion          Answer\nStaff?            12\n\n2\fAnytown NHS Trust\n\nThe end\n\n3' | bats_helper pdf-of >a.pdf
    assert_equal "$(field '[.type, .pages, .title, .date, .text, .margins]' a.pdf)" '["pdf",3,"A reply","2020-03-05T09:30:00Z","We hold information\non a well-known\nsystem. This information\nis published.\n\f4\n\nQuestion\tAnswer\nStaff?\t12\n\fThe end","1\n2\n3\nAnytown NHS Trust"]'
}

@test "fromdocs makes no table of a PDF's numbered list, and keeps wrapped cells with their rows" {
    needs_pdf
    bats_helper pdf-of >list.pdf <<'END'
1.   How many staff?
     Four
2.   Any contract?
     None, since the last
     one ended

No.   Question                  Answer
1     What was the spend on     5
      software?
2     Who provides it?          Exempt under
                                section 43
3     Which languages?          Welsh
END
    assert_equal "$(field .text list.pdf | jq -r .)" $'1. How many staff?
Four
2. Any contract?
None, since the last
one ended

No.	Question	Answer
1	What was the spend on software?	5
2	Who provides it?	Exempt under section 43
3	Which languages?	Welsh'
}

@test "fromdocs keeps an answer that ends two pages, and takes their footer" {
    needs_pdf
    printf 'Page one\n\nNot held\n\nSt Hilda Hospital Trust\n\fPage two\n\nNot held\n\nSt Hilda Hospital Trust' | bats_helper pdf-of >two.pdf
    assert_equal "$(field '[.text, .margins]' two.pdf)" '["Page one\n\nNot held\n\fPage two\n\nNot held","St Hilda Hospital Trust"]'
    printf 'Page one\n\nThe Trust does not record this.\n\fPage two\n\nThe Trust does not record this.' | bats_helper pdf-of >same.pdf
    assert_equal "$(field .margins same.pdf)" null
}

@test "fromdocs puts the cells of a PDF's table together, whichever way they are aligned" {
    needs_pdf
    bats_helper pdf-of >a.pdf <<'END'
Our answers to your request are in this table,
which goes on over several lines.

Question                              Answer
1. How many staff does the Trust
employ in its software team as of     4.5
31 March?
                                      Python for analysis,
2. Which languages are used by the
                                      C# for the intranet,
team, and what for?
                                      and some SQL.
3. Cost?                              None

(a) Any contract with a company       Yes, with one
outside?                              since 2019
(b) Which?                            Not held

Year    Staff   Vacancies
2018    12      1
2019    14
END
    assert_equal "$(field .text a.pdf | jq -r .)" $'Our answers to your request are in this table,
which goes on over several lines.

Question\tAnswer
1. How many staff does the Trust employ in its software team as of 31 March?\t4.5
2. Which languages are used by the team, and what for?\tPython for analysis, C# for the intranet, and some SQL.
3. Cost?\tNone
(a) Any contract with a company outside?\tYes, with one since 2019
(b) Which?\tNot held

Year\tStaff\tVacancies
2018\t12\t1
2019\t14'
}

@test "fromdocs leaves a number alone that is no page number, and a line that no other page has" {
    needs_pdf
    printf 'How many staff?\n\n4' | bats_helper pdf-of >a.pdf
    assert_equal "$(field '[.text, .margins]' a.pdf)" '["How many staff?\n\n4",null]'
    printf 'How many staff?\n\n4\fHow many vacancies?\n\n0' | bats_helper pdf-of >a.pdf
    assert_equal "$(field '[.text, .margins]' a.pdf)" '["How many staff?\n\n4\n\fHow many vacancies?\n\n0",null]'
}

@test "fromdocs says why a PDF has no text: scanned, encrypted, corrupt" {
    needs_pdf
    printf ' ' | bats_helper pdf-of >scan.pdf
    printf 'x' | bats_helper pdf-of --password >locked.pdf
    printf '%%PDF-1.4\nrubbish' >broken.pdf
    assert_equal "$(field '[.file, .text, .reason]' scan.pdf locked.pdf broken.pdf)" '["scan.pdf",null,"scanned"]
["locked.pdf",null,"encrypted"]
["broken.pdf",null,"corrupt"]'
    printf 'Some text' | bats_helper pdf-of >some.pdf
    printf 'text\f ' | bats_helper pdf-of >half.pdf
    assert_equal "$(field .notes half.pdf)" '["page 2 has no text"]'
}

@test "fromdocs ends on a PDF that is cut off anywhere, with text or a reason" {
    needs_pdf
    printf 'Question one\n\nYes\fmore' | bats_helper pdf-of >a.pdf
    size=$(wc -c <a.pdf)
    mkdir cut
    for ((i = 1; i < size; i += 97)); do head -c "$i" a.pdf >"cut/$i.pdf"; done
    "$BIN/fromdocs" --each file cut >out 2>messages
    assert_equal "$(wc -l <out)" "$(find cut -type f | wc -l)"
    assert_equal "$(jq -c 'select((.text == null) == (.reason == null))' out)" ""
}

@test "fromdocs reads scans by --ocr where tesseract is installed" {
    needs_pdf
    command -v tesseract >/dev/null || skip "no tesseract"
    printf '\n\n\n   How many staff are there\n\n   Twelve people' | bats_helper pdf-of | pdftoppm -r 150 -gray -png - page
    run -0 bash -c '"$0" --ocr page-1.png' "$BIN/fromdocs"
    [[ $output == *'"How many staff are there'*'Twelve people'*'"notes":["read from a picture (ocr): figures and names may be wrong"]'* ]]
    assert_equal "$(field .reason page-1.png)" '"scanned"'
}

# A program that stands for NAME of a distribution: fromdocs is the same for either.
stub() { # NAME SCRIPT
    mkdir -p stubs
    printf '#!/bin/sh\n%s\n' "$2" >"stubs/$1"
    chmod +x "stubs/$1"
}

@test "fromdocs --ocr takes what an OCR program reads of pictures and pages, or says why it has nothing" {
    needs_pdf
    PATH=$PWD/stubs:$PATH
    printf '\x89PNG\r\n\x1a\nscan' >a.png
    printf ' \f ' | bats_helper pdf-of >scan.pdf
    field_ocr() { run -0 --separate-stderr "$BIN/fromdocs" --ocr "$1" && jq -c "$2" <<<"$output"; }
    # Pages of a PDF come as pictures of grey (P5), one by one.
    stub tesseract '[ "$1 $2" = "/dev/stdin stdout" ] || exit 1
        case $(head -c 2 | tr -d "\211") in P5) printf "How many?\n\n12\n" ;; *) printf "1. Yes\n" ;; esac'
    assert_equal "$(field_ocr a.png '[.type, .text, .reason, .notes]')" '["image","1. Yes",null,["read from a picture (ocr): figures and names may be wrong"]]'
    assert_equal "$(field_ocr scan.pdf '[.type, .pages, .text, .reason]')" '["pdf",2,"How many?\n\n12\n\fHow many?\n\n12",null]'
    stub tesseract 'cat >/dev/null'
    assert_equal "$(field_ocr a.png '[.text, .reason, .detail]')" '[null,"scanned","no text to be seen in it"]'
    stub tesseract 'echo half; exit 1'
    assert_equal "$(field_ocr a.png '[.text, .reason, .detail]')" '[null,"corrupt","a picture that tesseract cannot read"]'
    stub tesseract 'exit 127'
    assert_equal "$(field_ocr scan.pdf '[.text, .reason, .detail]')" '[null,"scanned","no tesseract here (Debian: tesseract-ocr)"]'
    stub tesseract 'echo text'
    stub pdftoppm 'exit 3'
    assert_equal "$(field_ocr scan.pdf '[.text, .reason, .detail]')" '[null,"corrupt","page 1 cannot be drawn"]'
}

@test "fromdocs takes the text that antiword or catdoc makes of a doc file, with its tables" {
    PATH=$PWD/stubs:$PATH
    { printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' && head -c 504 /dev/zero && printf 'W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0'; } >a.doc
    stub antiword 'cat >/dev/null; printf "Reply\n\n|Any contract?   |No   |\n|\tCost |0|  \n| not a row\n"'
    stub catdoc 'cat >/dev/null; echo by catdoc'
    assert_equal "$(field '[.type, .text]' a.doc)" '["doc","Reply\n\nAny contract?\tNo\nCost\t0\n| not a row"]'
    stub antiword 'echo half; exit 1'
    assert_equal "$(field '[.type, .text]' a.doc)" '["doc","by catdoc"]'
    stub catdoc 'exit 1'
    assert_equal "$(field '[.text, .reason, .detail]' a.doc)" '[null,"corrupt","neither antiword nor catdoc can read it"]'
    stub antiword 'exit 127'
    stub catdoc 'exit 127'
    assert_equal "$(field '[.text, .reason, .detail]' a.doc)" '[null,"unsupported","no antiword or catdoc here (Debian: antiword, catdoc)"]'
}

@test "fromdocs numbers the lists of a Word file as Word shows them" {
    para() { printf '<w:p><w:pPr><w:numPr><w:ilvl w:val="%s"/><w:numId w:val="%s"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>' "$@"; }
    docx a.docx "$(para 0 1 one)$(para 1 1 sub)$(para 1 1 sub)$(para 0 1 two)<w:p><w:r><w:t>plain</w:t></w:r></w:p>$(para 0 2 again)$(para 0 3 three)$(para 0 4 bullet)<w:p><w:pPr><w:pStyle w:val=\"Q\"/></w:pPr><w:r><w:t>styled</w:t></w:r></w:p>" <<END
--- word/numbering.xml
<w:numbering $W><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>
--- word/styles.xml
<w:styles $W><w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Q"><w:basedOn w:val="Base"/></w:style></w:styles>
END
    assert_equal "$(field -r a.docx 2>/dev/null; jq -r .text records.jsonl)" '1. one
1(a) sub
1(b) sub
2. two
plain
1. again
3. three
• bullet
4. styled'
}

@test "fromdocs reads tables, boxes, text boxes and footnotes of a Word file" {
    cell() { printf '<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>' "$1"; }
    box() { printf '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="%s"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>%s</w:t></w:r></w:sdtContent></w:sdt>' "$@"; }
    docx a.docx "<w:tbl><w:tr>$(cell Question)$(cell Answer)</w:tr><w:tr>$(cell 'Any?')<w:tc><w:p>$(box 1 X)<w:r><w:t> Yes </w:t></w:r>$(box 0 O)<w:r><w:t> No</w:t></w:r></w:p><w:p><w:r><w:t>four</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:t> Old</w:t></w:r><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:p><w:r><w:t>in a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>beside it</w:t></w:r></w:p>" <<END
--- word/footnotes.xml
<w:footnotes $W><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>sep</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>from 2019</w:t></w:r></w:p></w:footnote></w:footnotes>
--- word/header1.xml
<w:hdr $W><w:p><w:r><w:t>Anytown Trust</w:t></w:r></w:p></w:hdr>
END
    assert_equal "$(field .margins a.docx)" '"Anytown Trust"'
    assert_equal "$(jq -r .text records.jsonl)" $'Question\tAnswer
Any?\t☒ Yes ☐ No four
☒ Old☐[2]
beside it
in a box
[2] from 2019'
}

@test "fromdocs shows the boxes of symbol fonts, and the pages that Word remembers" {
    printf 'Any? \xef\x83\xbe Yes \xef\x82\xa8 No\n\xef\x82\xb7 point' >a.txt
    assert_equal "$(field .text a.txt)" '"Any? ☑ Yes ☐ No\n• point"'
    docx a.docx '<w:p><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>three</w:t><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>four</w:t></w:r></w:p>' </dev/null
    assert_equal "$(field '[.pages, .text]' a.docx)" '[3,"one\n\ftwo\nthree\n\ffour"]'
}

@test "fromdocs leaves out what Word does not show, and says so" {
    docx a.docx '<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here to enter text.</w:t></w:r></w:sdtContent></w:sdt></w:p>' </dev/null
    assert_equal "$(field '[.text, .notes]' a.docx)" '["kept new",["1 tracked deletions left out","1 pieces of hidden text left out","1 form fields that were not filled in"]]'
    cp a.docx letter.pdf
    assert_equal "$(field '[.type, .text]' letter.pdf)" '["docx","kept new"]'
}

@test "fromdocs reads an OpenDocument text: lists, tables, notes, deletions" {
    bats_helper zip-parts a.odt <<'END'
--- mimetype
application/vnd.oasis.opendocument.text
--- meta.xml
<m xmlns:dc="dc"><dc:title>Reply</dc:title><dc:date>2020-03-05T10:00:00</dc:date></m>
--- styles.xml
<styles xmlns:text="t"><text:p>Anytown Trust</text:p></styles>
--- content.xml
<o xmlns:text="t" xmlns:table="tb" xmlns:style="s" xmlns:office="of"><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix=")" style:num-format="a"/></text:list-style>
<office:body><text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>Dear <text:span>Sir</text:span></text:p><text:list text:style-name="L1"><text:list-item><text:p>Yes<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>since 2019</text:p></text:note-body></text:note></text:p></text:list-item><text:list-item><text:p>No</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Q</text:p></table:table-cell><table:table-cell><text:p>A</text:p></table:table-cell></table:table-row></table:table></office:body></o>
END
    assert_equal "$(field '[.type, .date, .title, .text, .margins, .notes]' a.odt)" '["odt","2020-03-05T10:00:00","Reply","Dear Sir\na) Yes[1]\nb) No\nQ\tA\n[1] since 2019","Anytown Trust",["1 tracked deletions left out"]]'
}

@test "fromdocs reads a workbook, a row a line and a sheet a page" {
    printf '%s\n' '--- content.xml' '<o xmlns:table="t" xmlns:text="x"><table:table table:name="A"><table:table-row><table:table-cell><text:p>Q</text:p></table:table-cell><table:table-cell><text:p>A</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/><table:table-cell><text:p>two</text:p><text:p>lines</text:p></table:table-cell></table:table-row></table:table><table:table table:name="B"><table:table-row><table:table-cell><text:p>z</text:p></table:table-cell></table:table-row></table:table></o>' | bats_helper zip-parts a.ods
    assert_equal "$(field '[.type, .pages, .text]' a.ods)" '["ods",2,"Q\tA\n\ttwo lines\n\fz"]'
}

@test "fromdocs reads CSV as it does other spreadsheets" {
    printf 'Question;Answer\r\n"Any; where?";"two\nlines"\r\n\r\nCost?;0\r\n' >a.csv
    assert_equal "$(field '[.type, .text]' a.csv)" '["csv","Question\tAnswer\nAny; where?\ttwo lines\nCost?\t0"]'
    printf 'a,"b" c\nd,"e' >b.csv
    assert_equal "$(field '[.text, .notes]' b.csv)" '["a,\"b\" c\nd,\"e",["no CSV, for its quotes: read as text"]]'
}

@test "fromdocs reads web pages as they are shown" {
    cat >a.html <<'END'
<!DOCTYPE html><html><head><title>A &amp; B</title><meta charset="utf-8"><style>p{}</style></head><body><script>x()</script><p>One
 two</p><div style="display: none">hidden</div><ol start="3"><li>three<li>four</ol><ul><li>point</ul><table><tr><td>a<td><p>b</p><p>c</p></table><input type=checkbox checked> Yes <input type="checkbox"> No<pre>x
  y</pre>caf&eacute;</body></html>
END
    assert_equal "$(field '[.type, .title, .notes]' a.html)" '["html","A & B",["1 hidden elements left out"]]'
    assert_equal "$(jq -r .text records.jsonl)" $'One two

3. three
4. four

• point

a\tb c
☒ Yes ☐ No
x
  y
café'
}

@test "fromdocs reads what rtf and doc converters make, or says that there is none" {
    printf '{\\rtf1\\ansi Dear Sir\\par 1. Yes\\par}' >a.rtf
    if command -v unrtf >/dev/null; then
        assert_equal "$(field '[.type, .text]' a.rtf)" '["rtf","Dear Sir\n1. Yes"]'
    else
        assert_equal "$(field '[.type, .reason]' a.rtf)" '["rtf","unsupported"]'
    fi
    PATH=/nowhere "$BIN/fromdocs" a.rtf >records.jsonl 2>messages
    assert_equal "$(jq -c .reason records.jsonl)" '"unsupported"'
}

@test "fromdocs opens archives, also within each other, and writes nothing" {
    bats_helper zip-parts in.zip <<<$'--- ../../up.txt\ninner\n--- __MACOSX/._x\njunk'
    mkdir d
    cp in.zip d/
    echo outer >d/b.txt
    tar --sort=name -czf a.tar.gz d
    assert_equal "$(field '[.reply, .part, .text]' a.tar.gz)" '["a","d/b.txt","outer"]
["a","d/in.zip/../../up.txt","inner"]'
    run -0 "$BIN/fromdocs" --stats stats.json a.tar.gz
    assert_equal "$(jq -c '[.files, .replies, .written, .passed_over]' stats.json)" '[1,1,2,1]'
    [ ! -e ../../up.txt ]
}

@test "fromdocs reads two columns of a page one after the other, where questions count on from one to the other" {
    two='1. How many widgets          3. Who made them?
   were bought?                 Acme
   17
                             4. Are more wanted?
2. How many broke?              No
   5'
    bats_helper pdf-of <<<"$two" >two.pdf
    run -0 "$BIN/fromdocs" two.pdf
    assert_equal "$(jq -r .text <<<"$output")" "1. How many widgets
were bought?
17

2. How many broke?
5

3. Who made them?
Acme

4. Are more wanted?
No"
    assert_equal "$(jq -c .notes <<<"$output")" '["set in two columns, which are read one after the other"]'
    # numbers that do not count on, and a table whose rows they number, are no such columns
    for text in "${two//4. /9. }" "${two//4. Are/2. Are}"; do
        bats_helper pdf-of <<<"$text" >one.pdf
        run -0 "$BIN/fromdocs" one.pdf
        assert_equal "$(jq -c .notes <<<"$output")" null
    done
}

@test "fromdocs names the folders of replies that hold no file, and counts them" {
    mkdir -p in/RXA in/RXB/letters in/RXC
    echo "1. Yes" >in/RXC/a.txt
    touch in/RXA/.DS_Store
    run -0 --separate-stderr "$BIN/fromdocs" --stats stats.json in
    assert_equal "$(jq -r .reply <<<"$output")" RXC
    assert_equal "$stderr" "fromdocs: in/RXA: no file in this folder: a reply without a record
fromdocs: in/RXB: no file in this folder: a reply without a record"
    assert_equal "$(jq -c '[.files, .replies, .empty_folders]' stats.json)" '[1,1,2]'
    run -0 --separate-stderr "$BIN/fromdocs" --each file in
    assert_equal "$stderr" ""
    mkdir none
    run -0 --separate-stderr "$BIN/fromdocs" none
    assert_equal "$stderr" "fromdocs: none: no file in this folder: a reply without a record"
}

@test "fromdocs tells archives that need a password" {
    echo x >x.txt
    command -v zip >/dev/null || skip "no zip"
    zip -q -P secret e.zip x.txt
    assert_equal "$(field '[.part, .reason]' e.zip)" '["x.txt","encrypted"]'
    command -v 7z >/dev/null || skip "no 7z"
    7z a -psecret -mhe=on e.7z x.txt >/dev/null
    assert_equal "$(field '[.part, .reason]' e.7z)" '[null,"encrypted"]'
    7z a p.7z x.txt >/dev/null
    assert_equal "$(field '[.part, .text]' p.7z)" '["x.txt","x"]'
}

@test "fromdocs reads the tables of a doc file by antiword" {
    command -v antiword >/dev/null || skip "no antiword"
    command -v soffice >/dev/null || skip "no LibreOffice, which makes one"
    echo '<p>Reply</p><table border=1><tr><td>Any contract?</td><td>No</td></tr><tr><td>Cost?</td><td>0</td></tr></table>' >a.html
    HOME=$BATS_TEST_TMPDIR soffice --headless --convert-to doc:"MS Word 97" --infilter="HTML (StarWriter)" a.html >/dev/null 2>&1
    assert_equal "$(field '[.type, .text]' a.doc)" '["doc","Reply\n\nAny contract?\tNo\nCost?\t0"]'
}

@test "fromdocs makes a record of each page of a web archive, with url and date" {
    page() { # URL TYPE STATUS BODY
        local http
        http=$(printf 'HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s_' "$3" "$2" "$4")
        http=${http%_}
        printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <%s>\r\nWARC-Date: 2020-03-05T10:00:0%sZ\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n' "$1" "$5" "${#http}" "$http"
    }
    {
        printf 'WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n'
        page http://x.example/ 'text/html; charset=iso-8859-1' '200 OK' $'<title>Home</title><p>Caf\xe9 Python</p>' 1
        page http://x.example/old text/html '301 Moved' 'moved' 2
        page http://x.example/a.css text/css '200 OK' 'p{}' 3
        page http://x.example/n.txt text/plain '200 OK' 'plain' 4
    } >s.warc
    assert_equal "$(field '[.reply, .part, .type, .url, .date, .title, .text]' --stats stats.json s.warc)" '["s","http://x.example/","html","http://x.example/","2020-03-05T10:00:01Z","Home","Café Python"]
["s","http://x.example/n.txt","text","http://x.example/n.txt","2020-03-05T10:00:04Z",null,"plain"]'
    assert_equal "$(jq .responses_without_page stats.json)" 2
    # A page that the server packed, and one that is not what it says.
    for body in "$(printf '<p>packed</p>' | gzip -n | base64)" "$(printf 'no gzip' | base64)"; do
        { printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n' && base64 -d <<<"$body"; } >http
        { printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/z\r\nContent-Length: %s\r\n\r\n' "$(wc -c <http)" && cat http && printf '\r\n\r\n'; } >z.warc
        field '[.url, .text, .reason]' z.warc
    done >got
    printf '%s\n' '["http://x.example/z","packed",null]' '["http://x.example/z",null,"corrupt"]' | same_as got
    # One longer than a file may be is passed over, and what stands behind it read.
    { printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/long\r\nContent-Length: 300000000\r\n\r\n' && head -c 300000000 /dev/zero && printf '\r\n\r\n' && cat z.warc; } |
        gzip -1 >long.warc.gz
    assert_equal "$(field '[.url, .reason]' long.warc.gz | head -n 1)" '["http://x.example/long","too_large"]'
    gzip -k s.warc
    field . s.warc >plain
    field . s.warc.gz | sed 's/s\.warc\.gz/s.warc/' | same_as plain
    head -c 700 s.warc >cut.warc
    assert_equal "$(field '[.part, .reason]' cut.warc | tail -n 1)" '["other pages","corrupt"]'
}

@test "fromdocs takes a folder for a reply, and a file beside folders for one by its name" {
    mkdir -p r/RXX/more r/RYY
    echo a >r/RXX/a.txt
    echo b >r/RXX/more/b.txt
    echo c >r/RYY/c.txt
    echo d >r/RZZ.txt
    assert_equal "$(field '[.reply, .file, .text]' r)" '["RXX","r/RXX/a.txt","a"]
["RXX","r/RXX/more/b.txt","b"]
["RYY","r/RYY/c.txt","c"]
["RZZ","r/RZZ.txt","d"]'
    assert_equal "$(field .reply r/RXX/more)" '"more"'
    assert_equal "$(field .reply --each file r)" '"a"
"b"
"c"
"RZZ"'
    assert_equal "$(cd r/RYY && "$BIN/fromdocs" . | jq -c .reply)" '"RYY"'
    assert_equal "$(field .reply --each folder r/RYY/)" '"RYY"'
}

@test "fromdocs orders the documents of a reply by date, not by name" {
    needs_mail
    mkdir r
    mail r/2.eml <<<first
    mail r/1.eml <<<second
    sed -i 's/ 2 Mar/ 3 Mar/' r/1.eml
    echo undated >r/0.txt
    assert_equal "$(field .text r)" '"first"
"second"
"undated"'
}

@test "fromdocs gives the same whatever the number of jobs" {
    mkdir r
    for i in $(seq 40); do echo "text $i" >"r/$i.txt"; done
    "$BIN/fromdocs" --each file --jobs 1 r >one
    "$BIN/fromdocs" --each file -j 7 r | same_as one
}

@test "fromdocs names the members of archives in any script, and tells of those that are no files" {
    python3 - <<'EOF2'
import io, tarfile, zipfile
with zipfile.ZipFile("a.zip", "w") as z:
    z.writestr("Antwörten – 日本.txt", "zip")
    link = zipfile.ZipInfo("passwd.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    z.writestr(link, "/etc/passwd")
with tarfile.open("b.tar", "w", format=tarfile.PAX_FORMAT) as t:
    for kind, name in (tarfile.SYMTYPE, "soft.txt"), (tarfile.LNKTYPE, "hard.txt"), (tarfile.FIFOTYPE, "pipe"), (tarfile.DIRTYPE, "d"):
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        t.addfile(member)
    member = tarfile.TarInfo("d/Llythyr ŵ.txt")
    member.size = 3
    t.addfile(member, io.BytesIO(b"tar"))
EOF2
    assert_equal "$(LC_ALL=C field '[.part, .text, .reason, .detail]' a.zip b.tar)" '["Antwörten – 日本.txt","zip",null,null]
["passwd.txt",null,"unsupported","no file but a link, a device or a pipe in an archive"]
["soft.txt",null,"unsupported","no file but a link, a device or a pipe in an archive"]
["hard.txt",null,"unsupported","no file but a link, a device or a pipe in an archive"]
["pipe",null,"unsupported","no file but a link, a device or a pipe in an archive"]
["d/Llythyr ŵ.txt","tar",null,null]'
}

@test "fromdocs takes no large file for a bomb that an archive holds as it is" {
    printf '\211PNG\r\n\032\n' >scan.png
    truncate -s 70M scan.png
    tar -cf a.tar scan.png
    assert_equal "$(field '[.part, .type, .reason]' a.tar)" '["scan.png","image","scanned"]'
}

@test "fromdocs tells of groups of a rich text that unrtf gives up on" {
    command -v unrtf >/dev/null || skip "no unrtf"
    { printf '{\\rtf1 ' && printf '{%.0s' {1..20000} && printf x && printf '}%.0s' {0..20000}; } >deep.rtf
    assert_equal "$(field '[.text, .reason, .detail]' deep.rtf)" '[null,"too_large","groups deeper than unrtf reads"]'
}

@test "fromdocs ends on hostile files in bounded time and memory, with a reason, and writes no file" {
    { echo '--- zeros *40000000'; echo '0000000000'; } | bats_helper zip-parts bomb.zip
    docx entities.docx '' </dev/null
    bats_helper zip-parts entities.docx <<<$'--- word/document.xml\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&a;&b;</x>'
    cp bomb.zip 0.zip
    for i in $(seq 12); do
        rm -f next.zip
        python3 -c 'import sys, zipfile; zipfile.ZipFile("next.zip", "w").write(sys.argv[1])' "$((i - 1)).zip"
        mv next.zip "$i.zip"
    done
    printf 'a\001b\033[31m\n' >$'control\001\033.txt'
    bats_helper zip-parts names.zip <<<$'--- a\\x01\\x1b[31m.txt\nx'
    head -c 100000 /dev/urandom >noise
    mkfifo pipe
    mkdir r
    mv bomb.zip entities.docx 12.zip control* names.zip noise pipe r/
    run -0 --separate-stderr timeout 60 "$BIN/fromdocs" --each file --timeout 20 r
    assert_equal "$(jq -c '[.reply, (.text | if . then "text" else null end), .reason]' <<<"$output")" '["12",null,"too_large"]
["bomb",null,"too_large"]
["control\u0001\u001b","text",null]
["entities",null,"corrupt"]
["names","text",null]
["noise",null,"unsupported"]
["pipe",null,"unsupported"]'
    assert_equal "$(find r -type f | wc -l)" 6
}

@test "fromdocs and fromsheet give away no file that an entity of XML names, and write no entities out" {
    local ten=lollollol name=a next dtd e
    for next in b c d e f g h i j; do
        e=$(printf "&$name;%.0s" {1..10})
        dtd+="<!ENTITY $name \"$ten\">"
        ten=$e name=$next
    done
    dtd="<!DOCTYPE x [$dtd<!ENTITY j \"$ten\">]>"
    mkdir r
    for kind in bomb file parameter; do
        case $kind in
        file) dtd='<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>' ;;
        parameter) dtd='<!DOCTYPE x [<!ENTITY % f SYSTEM "file:///etc/passwd">%f;<!ENTITY j "1">]>' ;;
        esac
        bats_helper zip-parts "r/$kind.docx" <<<$'--- word/document.xml\n'"$dtd<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>x &j;</w:t></w:r></w:p></w:body></w:document>"
        bats_helper zip-parts "r/$kind.odt" <<<$'--- mimetype\napplication/vnd.oasis.opendocument.text\n--- content.xml\n'"$dtd<x>&j;</x>"
        printf '%s<html xmlns="http://www.w3.org/1999/xhtml"><body><p>x &j;</p></body></html>' "<?xml version=\"1.0\"?>$dtd" >"r/$kind.xhtml"
        {
            printf '%s\n' '--- [Content_Types].xml' '<Types/>' '--- xl/workbook.xml' '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
            printf '%s\n' '--- xl/_rels/workbook.xml.rels' '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            printf '%s\n' '--- xl/worksheets/sheet1.xml' "$dtd<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>k</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x &j;</t></is></c></row></sheetData></worksheet>"
        } | bats_helper zip-parts "r/$kind.xlsx"
        fails_with 1 "fromsheet: r/$kind.xlsx: a document type declaration, which no office program writes" "$BIN/fromsheet" "r/$kind.xlsx"
    done
    run -0 --separate-stderr within_memory 400000 timeout 60 "$BIN/fromdocs" --each file r
    assert_equal "${#lines[@]}" 12
    [[ $output != *root:* ]] && [ "${#output}" -lt 10000 ]
    assert_equal "$(jq -r 'select(.type != "html") | .reason' <<<"$output" | sort | uniq -c | tr -s ' ')" " 9 corrupt"
}

@test "fromdocs ends on PDFs that are cut off, go in circles, unpack without end or name files" {
    needs_pdf
    mkdir r
    python3 - <<'EOF2'
import zlib

def pdf(*objects):
    out, places = b"%PDF-1.5\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out))

def stream(data, more=b""):
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)

root, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 5 0 R>>>>>>"
font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
good = pdf(root, pages, page, stream(b"BT /F 12 Tf 72 720 Td (Hello) Tj ET"), font)
packed = zlib.compress(zlib.compress(b"BT (a) Tj ET " * 30000000, 9), 9)
for name, data in {
    "r/cut": good[:len(good) // 2],
    "r/good": good,
    "r/length": good.replace(b"/Length 35", b"/Length 99999999999"),
    "r/loop": pdf(root, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "r/form": pdf(root, pages, page, stream(b"/X Do"), stream(b"/X Do /X Do", form)),
    "r/named": pdf(root, pages, page, b"<</F(/etc/passwd)/Length 0>>\nstream\n\nendstream", font),
    "bomb": pdf(root, pages, page, stream(packed, b"/Filter[/FlateDecode/FlateDecode]"), font),
}.items():
    open(name + ".pdf", "wb").write(data)
EOF2
    run -0 --separate-stderr timeout 100 "$BIN/fromdocs" --each file r
    assert_equal "$(jq -c '[.reply, .text, .reason]' <<<"$output")" '["cut",null,"corrupt"]
["form",null,"scanned"]
["good","Hello",null]
["length","Hello",null]
["loop",null,"scanned"]
["named",null,"scanned"]'
    run -0 --separate-stderr timeout 100 "$BIN/fromdocs" --timeout 2 bomb.pdf
    assert_equal "$(jq -c '[.text, .reason]' <<<"$output")" '[null,"too_large"]'
}

@test "fromdocs follows no link out of the folder that was named without --trust, and says how many there are" {
    mkdir -p in/A/deep in/B elsewhere
    echo 'Dear Sir, yes.' >in/A/yes.txt
    echo secret >elsewhere/x.txt
    ln -s ../../elsewhere/x.txt in/A/deep/../relative.txt
    ln -s "$PWD/elsewhere/x.txt" in/A/deep/absolute.txt
    ln -s ../A/relative.txt in/B/by-a-link.txt
    ln -s ../A/../A/yes.txt in/B/within.txt
    ln -s ../in-not.txt in/beside.txt
    echo secret >in-not.txt
    run -0 --separate-stderr "$BIN/fromdocs" --stats stats.json in
    assert_equal "$stderr" "fromdocs: 4 links lead out of their folder and were not followed (--trust follows them)"
    assert_equal "$(jq -c '[.reply, .text, .detail]' <<<"$output")" '["A",null,"a link out of the folder (--trust follows it)"]
["A",null,"a link out of the folder (--trust follows it)"]
["A","Dear Sir, yes.",null]
["B",null,"a link out of the folder (--trust follows it)"]
["B","Dear Sir, yes.",null]
["beside",null,"a link out of the folder (--trust follows it)"]'
    assert_equal "$(jq -c '[.read, .unread, .reasons, .links_out]' stats.json)" '[6,4,{"unsupported":4},4]'
    fails_with 1 "fromdocs: 4 links lead out of their folder and were not followed (--trust follows them)
fromdocs: 4 of 6 documents could not be read, which --strict does not allow (their records say why)" "$BIN/fromdocs" --strict in
    run -0 --separate-stderr "$BIN/fromdocs" --each file in
    assert_equal "$(jq -r .text <<<"$output" | grep -c secret)" 0
    run -0 --separate-stderr "$BIN/fromdocs" --trust --stats stats.json in
    assert_equal "$stderr" ""
    assert_equal "$(jq -r .text <<<"$output" | sort | uniq -c | tr -s ' ' | paste -sd,)" " 2 Dear Sir, yes., 4 secret"
    assert_equal "$(jq -c '[.unread, .links_out]' stats.json)" '[0,0]'
    # what the user names is the user's own choice: a link to a folder, or to a file
    ln -s in/A a
    assert_equal "$(field '[.reply, .text]' a/yes.txt in/A/relative.txt | paste -sd' ')" '["yes","Dear Sir, yes."] ["relative","secret"]'
    assert_equal "$(field '[.reply, .text]' a | paste -sd' ')" '["deep",null] ["relative",null] ["yes","Dear Sir, yes."]'
}

@test "fromdocs bounds the parts of a mail, and accounts for those left out" {
    needs_mail
    {
        printf 'From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n'
        for _ in $(seq 10000); do printf -- '--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nx\n'; done
        printf -- '--b--\n'
    } >many.eml
    run -0 --separate-stderr "$BIN/fromdocs" many.eml
    assert_equal "$(wc -l <<<"$output")" 1001
    assert_equal "$(tail -n 1 <<<"$output" | jq -c '[.part, .reason, .detail]')" '["other parts","too_large","9001 parts beyond the first 1000"]'
}

# again COUNT TEXT: the text as so many lines.
again() {
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) print text }'
}

# unread FILE: what fromdocs says of the documents that it does not read.
unread() {
    run -0 --separate-stderr "$BIN/fromdocs" "$1"
    jq -c 'select(.reason) | [.part, .from, .reason, .detail]' <<<"$output"
}

@test "fromdocs takes apart as much of a mail as memory allows, and says how much it does not" {
    needs_mail
    rest() { echo "the last $1 bytes, behind more headers and parts than mail has"; }
    { printf 'From: a@b\nContent-Type: multipart/mixed;\n boundary="b"\n\n--b\n\nbody\n' && again 180000 $'--b\n\nx'; } >parts.eml
    run -0 --separate-stderr "$BIN/fromdocs" parts.eml
    assert_equal "$(head -n 1 <<<"$output" | jq -c '[.text[:4], .reason]')" '["body",null]'
    last=$(tail -n 1 <<<"$output" | jq -c '[.part, .from, .reason, .detail]')
    [[ $last =~ ^'["other parts","a@b","too_large","the last '([0-9]+)' bytes, behind more' ]]
    [ "${BASH_REMATCH[1]}" -gt 100000 ] && [ "${BASH_REMATCH[1]}" -lt "$(stat -c %s parts.eml)" ]
    { printf 'From: a@b\n' && again 200000 'X-A: b' && printf '\nhello\n'; } >headers.eml
    assert_regex "$(unread headers.eml)" '^\[null,"a@b","too_large","the last [0-9]+ bytes'
    { printf 'To: a@b' && printf ', a%s@b.example' $(seq 100000) && printf '\n\nhello\n'; } >to.eml
    assert_regex "$(unread to.eml)" 'too_large'
    # what is declared in another form, and messages in a message, are weighed as well
    { printf 'From: a@b\nContent-Type: multipart/mixed; boundary*0="b"; boundary*1="c"\n\n' && again 180000 $'--bc\n\nx'; } >split.eml
    assert_regex "$(unread split.eml)" 'too_large'
    { printf 'From: a@b\nContent-Type: multipart/digest; boundary=b\n\n' && again 300000 $'--b\n\nA: b\nC: d\n\nx\n'; } >digest.eml
    assert_regex "$(unread digest.eml)" 'too_large'
    # a message of a box is cut, the one behind it is read
    { printf 'From x Mon Mar  2 10:15:00 2020\n' && cat headers.eml && printf '\nFrom x Mon Mar  2 10:15:00 2020\nFrom: c@d\n\nnext\n'; } >box.mbox
    assert_regex "$(unread box.mbox)" '^\["message 1","a@b","too_large","the last [0-9]+ bytes'
    assert_equal "$("$BIN/fromdocs" box.mbox | jq -c 'select(.text) | [.part, .from, .text]')" '["message 2","c@d","next"]'
}

@test "fromdocs reads mails of many headers, addresses and lines of dashes whole" {
    needs_mail
    {
        printf 'From: a@b\nTo: c@d' && printf ', a%s@b.example' $(seq 2000)
        printf '\nX-Trace: %s of many' $(seq 2000)
        printf '\nContent-Type: multipart/mixed; boundary=----b\n\n------b\nContent-Type: text/plain\n\n'
        again 100000 '---- a line of a table ----'
        printf 'its end\n------b--\n'
    } >large.eml
    run -0 --separate-stderr "$BIN/fromdocs" large.eml
    assert_equal "$(jq -c '[.reason, .text[-7:], (.to | length > 30000)]' <<<"$output")" '[null,"its end",true]'
}

@test "fromdocs reads standard input as one document, and tells what it did under -v" {
    run -0 --separate-stderr bash -c 'echo hello | "$0" -v' "$BIN/fromdocs"
    assert_output '{"reply":"stdin","file":"<stdin>","part":null,"type":"text","date":null,"from":null,"to":null,"subject":null,"title":null,"url":null,"pages":null,"text":"hello"}'
    assert_equal "$("$BIN/fromdocs" <(echo piped) | jq -r .text)" piped
    run -0 --separate-stderr bash -c 'echo hello | "$0" -v' "$BIN/fromdocs"
    assert_equal "$stderr" "fromdocs: 1 files, 1 replies, 1 documents, 0 of them not read, 0 files of systems passed over, 0 web responses without a page"
}

@test "fromdocs puts cells of a PDF that stand in the middle of their rows beside their questions" {
    command -v python3 >/dev/null || skip "no python3"
    python3 - "$ROOT/samples/replies-2020/generate.py" >table.pdf <<'END'
import importlib.util, sys
spec = importlib.util.spec_from_file_location("generate", sys.argv[1])
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)
lines = [(60, 760, "Our answers are in the table."),
         (60, 730, "Question"), (330, 730, "Response"),
         (60, 711, "How many officers were authorised to carry a"), (330, 704.4, "230"), (60, 697.8, "device at the end of the year?"),
         (60, 678, "How many times was one fired"), (330, 671.4, "17"), (60, 664.8, "in the same year?"),
         (60, 645, "Which models are held?"), (330, 645, "X2"),
         (60, 620, "Disclosure Team")]
content = b"".join(b"BT /F1 11 Tf %.1f %.1f Td (%s) Tj ET\n" % (x, y, t.encode()) for x, y, t in lines)
whole = generate.pdf([(0, 0, "@")])
old = whole[whole.index(b"BT"):whole.index(b"endstream")]
sys.stdout.buffer.write(whole.replace(b"/Length %d" % len(old), b"/Length %d" % len(content)).replace(old, content))
END
    run -0 "$BIN/fromdocs" table.pdf
    run -0 jq -r .text <<<"$output"
    assert_output "Our answers are in the table.

Question	Response
How many officers were authorised to carry a device at the end of the year?	230
How many times was one fired in the same year?	17
Which models are held?	X2

Disclosure Team"
}

@test "fromdocs reads a page without a tree of it: what is too deep or endless is told, what stands behind it read" {
    deep() { awk -v n="$1" -v tag="$2" 'BEGIN { while (n-- > 0) printf "%s", tag }'; }
    said() { run -0 --separate-stderr "$BIN/fromdocs" "$1" && jq -c '[.text, .reason, .detail, .notes]' <<<"$output"; }
    echo "<p>before</p>$(deep 300 '<div>')within$(deep 300 '</div>')<p>behind</p>" >deep.html
    assert_equal "$(said deep.html)" '["before\n\nbehind",null,null,["elements deeper than 200 left out"]]'
    echo "<p>before</p>$(deep 30000 '<b>')<p>behind</p>" >deeper.html
    assert_equal "$(said deeper.html)" '["before",null,null,["elements deeper than 200 left out","all behind an element deeper than 1000 left out"]]'
    echo "<ol start=3><li>c<li hidden>d<li>e<li value=9>i<li>j</ol><ol type=a><li>a<ul><li>in</ul><li>b</ol>" >items.html
    assert_equal "$(said items.html)" '["3. c\n5. e\n9. i\n10. j\n\na. a\n\n• in\n\nb. b",null,null,["1 hidden elements left out"]]'
    # which the parser would compare each with all the others
    echo "<p class='x > y'$(printf ' a%d=1' $(seq 1500))>text</p>" >tag.html
    assert_equal "$(said tag.html)" '[null,"too_large","an element of more than 1000 attributes",null]'
    echo "<p$(printf ' a%d="> and < "' $(seq 900))>text, 1 < 2 $(printf ' word%d' $(seq 3000))</p>" >tag.html
    assert_regex "$(said tag.html)" '^\["text, 1 < 2 +word1 .*word3000",null,null,null\]$'
    # nor is what only looks like a tag: in a script, a style or a comment
    words=$(printf ' word%d' $(seq 1500))
    echo "<script>for (i=0;i<n;i++) {$words}</script><style>a<b $words</style><!-- <p $words --><p>text" >tag.html
    assert_equal "$(said tag.html)" '["text",null,null,null]'
}

@test "fromdocs reads workbooks of up to 1,000 sheets, and says that one has more" {
    office=http://schemas.openxmlformats.org/officeDocument/2006/relationships
    book() {
        {
            printf '%s\n' '--- [Content_Types].xml' '<Types/>' '--- _rels/.rels' "<Relationships><Relationship Id=\"r\" Type=\"$office/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>" \
                '--- xl/_rels/workbook.xml.rels' "<Relationships><Relationship Id=\"r1\" Type=\"$office/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" \
                '--- xl/worksheets/sheet1.xml' '<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>' '--- xl/workbook.xml'
            echo "<workbook xmlns:r=\"r\"><sheets>$(printf '<sheet name="s%d" sheetId="1" r:id="r1"/>' $(seq "$1"))</sheets></workbook>"
        } | bats_helper zip-parts book.xlsx
    }
    book 1000
    assert_equal "$("$BIN/fromdocs" book.xlsx | jq -c '[.reason, .pages, (.text | gsub("[^7]"; "") | length)]')" '[null,1000,1000]'
    book 1001
    assert_equal "$("$BIN/fromdocs" book.xlsx | jq -c '[.reason, .detail]')" '["too_large","more than 1000 sheets"]'
}

@test "fromdocs loses no note that another ends with, and keeps 2,000 of them" {
    office=http://schemas.openxmlformats.org/officeDocument/2006/relationships
    hidden() { echo "<worksheet><sheetData><row><c><v>1</v></c></row>$(printf '<row hidden="1"><c><v>%d</v></c></row>' $(seq "$1"))</sheetData></worksheet>"; }
    printf '%s\n' '--- [Content_Types].xml' '<Types/>' '--- _rels/.rels' "<Relationships><Relationship Id=\"r\" Type=\"$office/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>" \
        '--- xl/_rels/workbook.xml.rels' "<Relationships><Relationship Id=\"r1\" Type=\"$office/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"$office/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>" \
        '--- xl/worksheets/sheet1.xml' "$(hidden 12)" '--- xl/worksheets/sheet2.xml' "$(hidden 2)" \
        '--- xl/workbook.xml' '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r2"/></sheets></workbook>' |
        bats_helper zip-parts hidden.xlsx
    assert_equal "$("$BIN/fromdocs" hidden.xlsx | jq -c .notes)" '["page 1 is the sheet A","12 hidden rows read","page 2 is the sheet B","2 hidden rows read"]'
    printf '%s\n' '--- word/document.xml' "<w:document xmlns:w=\"w\"><w:body><w:p>$(printf '<w:sym w:font="f%d" w:char="F0"/>' $(seq 2100) $(seq 2100))</w:p></w:body></w:document>" |
        bats_helper zip-parts symbols.docx
    assert_equal "$("$BIN/fromdocs" symbols.docx | jq -c '[(.notes | length), .notes[1999], .notes[2000]]')" '[2001,"a symbol of the font f2000 that has no text","other notes left out"]'
}

# The text of a PDF that LibreOffice makes of the page on standard input.
printed() {
    command -v soffice >/dev/null || skip "no LibreOffice, which makes one"
    { echo '<html><head><meta charset="utf-8"></head><body>' && cat && echo '</body></html>'; } >page.html
    HOME=$BATS_TEST_TMPDIR soffice --headless --infilter="HTML (StarWriter)" --convert-to pdf:writer_pdf_Export page.html >/dev/null 2>&1
    "$BIN/fromdocs" page.pdf 2>/dev/null | jq -r .text
}

@test "fromdocs keeps the rows of a PDF's table apart whose cells stand in the middle of theirs" {
    # the letter's first lines are as short as the first column, and the table follows right below
    printed <<'END' >got
<p>Harbour Trust</p><p>Our reply</p><table border="1"><tr><th>Asked</th><th>Told</th></tr>
<tr><td>Are boats hired out?</td><td>No</td></tr>
<tr><td>Which of the moorings in the inner harbour are let by the year, and to whom are they let at present?</td><td>Those by the slipway, to members of the sailing club. Others by the day.</td></tr>
<tr><td>Who dredges the channel?</td><td>The contractor is chosen every spring, and for this year it is Messrs Fairweather and Daughters</td></tr></table>
END
    local tab=$'\t'
    grep -xF "Are boats hired out?${tab}No" got
    grep -xF "Which of the moorings in the inner harbour are let by the year, and to whom are they let at present?${tab}Those by the slipway, to members of the sailing club. Others by the day." got
    grep -xF "Who dredges the channel?${tab}The contractor is chosen every spring, and for this year it is Messrs Fairweather and Daughters" got
    grep -xF "Harbour Trust" got
}

@test "fromdocs tells narrow columns of a PDF's table by where their words begin" {
    printed <<'END' >got
<p>The answers of the Trust are in the table that follows, with the numbers of your questions.</p>
<table border="1" width="600"><tr><td width="30">1</td><td width="250">How many boats does the Trust own today?</td><td>1,200 of which 1,100 are afloat on most days</td></tr>
<tr><td>2</td><td>Who insures them?</td><td>Messrs Fairweather and Daughters of Penzance and Lerwick, by the year</td></tr>
<tr><td>3(a)</td><td>What did the yards spend on paint in the last full year?</td><td>£688,000 (paint and varnish; brushes are not included since they are part of a wider contract)</td></tr>
<tr><td>3(b)</td><td>Of which colour was most of it?</td><td>Grey, for the most part, though the lifeboats were done again in orange</td></tr></table>
<p>You may write again if this is not what you wished to know, and we shall look into it.</p>
END
    local tab=$'\t'
    grep -xF "1${tab}How many boats does the Trust own today?${tab}1,200 of which 1,100 are afloat on most days" got
    grep -xF "2${tab}Who insures them?${tab}Messrs Fairweather and Daughters of Penzance and Lerwick, by the year" got
    grep -xF "3(a)${tab}What did the yards spend on paint in the last full year?${tab}£688,000 (paint and varnish; brushes are not included since they are part of a wider contract)" got
    grep -xF "3(b)${tab}Of which colour was most of it?${tab}Grey, for the most part, though the lifeboats were done again in orange" got
    # prose beside it is no table
    refute grep -q "${tab}.*if this is" got
}
