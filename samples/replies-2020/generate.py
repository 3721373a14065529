#!/usr/bin/env python3
"""generate -- the replies of this study, made from nothing: letters of invented trusts in the formats that
letters come in, and the truth of what they say.

    python3 generate.py FOLDER      (default: the folder of this file)

Writes inbox/, roster.csv, truth.jsonl and expected.tsv. The same bytes each time: no clock, no chance. Word, workbook and zip
files are put together with the standard library; the PDF writer below knows one font and straight lines of text.
"""
import io
import json
import os
import shutil
import sys
import textwrap
import zipfile
from xml.sax.saxutils import escape

QUESTIONS = [
    ("team", "1", "Does the Trust have a team that develops software in house?"),
    ("staff", "2", "How many people work in that team, as whole time equivalents?"),
    ("technologies", "3a", "Which programming languages and databases does the team use?"),
    ("open_source", "3b", "Does the team publish any of its software under an open source licence?"),
    ("grant", "4", "Has the Trust applied for an innovation grant since April 2016?"),
]
NAMES = [name for name, _, _ in QUESTIONS]
PLACES = ("Ashmere Birkholt Calderwick Dunsby Elmthorpe Farleigh Gorsebridge Hollinworth Ibbotsley Jarrowdean Kelmarsh Larkhope "
          "Mossington Netherby Oxendale Pelham Quarrington Ravensby Selwick Thornaby Ulverscroft Vennington Wexcombe Yarnley "
          "Alderholt Bransby Coldharbour Denholme Eastrop Fenwick Glaisby Hartsop Ingleby Kirkwold Langrick Marlholt Northolme "
          "Ottersby Penwick Rothley").split()

# Each trust's answers: an exclamation mark stands before a reason.
TEAMS = ["Yes", "Yes, a small team in Informatics", "Yes", "No", "Yes - since 2012", "Yes, within Digital Services", "No, all software is bought"]
STAFF = ["4", "12.6", "0", "7", "3.2 WTE", "21", "Two"]
TECHNOLOGIES = ["C#, SQL Server and JavaScript", "PHP and MySQL", "Python; PostgreSQL", "Java, Oracle", "C#, Python and R",
                "JavaScript and SQL Server", "Delphi"]
OPEN = ["No", "No", "Yes, on GitHub", "No", "Not at present", "Yes", "No"]
GRANTS = ["No", "Yes, one in 2018", "No", "No", "Yes", "No", "Yes - to NHS England, without success"]
REFUSALS = [("This information is exempt under section 43(2) of the Freedom of Information Act 2000.", "refused:s43"),
            ("The Trust does not hold this information.", "not_held"),
            ("Section 31 applies: to name our systems would help those who attack them.", "refused:s31"),
            ("Not held", "not_held")]


def answers_of(i):
    """The answers of trust I as the letter has them, and the reasons of those that are none."""
    team = TEAMS[i % len(TEAMS)]
    texts = {"team": team, "staff": STAFF[(i * 3) % len(STAFF)], "technologies": TECHNOLOGIES[(i * 5) % len(TECHNOLOGIES)],
             "open_source": OPEN[(i * 2) % len(OPEN)], "grant": GRANTS[(i * 4) % len(GRANTS)]}
    reasons = {}
    if team.startswith("No"):
        for name in ("staff", "technologies", "open_source"):
            texts[name], reasons[name] = "N/A", "not_applicable"
    elif i % 3 == 1:
        name = NAMES[1 + i % 4]
        texts[name], reasons[name] = REFUSALS[i % len(REFUSALS)]
    return texts, reasons


# ---- files ----

def zipped(members):
    """A zip file of (name, bytes), always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    return out.getvalue()


def docx(blocks):
    """BLOCKS are paragraphs (text) and tables (lists of rows)."""
    def paragraph(text):
        return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'

    def table(rows):
        return "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows) + "</w:tbl>"
    body = "".join(paragraph(b) if isinstance(b, str) else table(b) for b in blocks)
    return zipped([
        ("[Content_Types].xml", '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
        ("_rels/.rels", '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
         f"<w:body>{body}</w:body></w:document>")])


def odt(paragraphs):
    body = "".join(f"<text:p>{escape(p)}</text:p>" for p in paragraphs)
    return zipped([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
         '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
         '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'),
        ("content.xml", '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
         f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{body}</office:text></office:body></office:document-content>')])


def xlsx(rows):
    def cell(row, column, text):
        return f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    data = "".join(f'<row r="{r}">' + "".join(cell(r, c, t) for c, t in enumerate(row)) + "</row>" for r, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped([
        ("[Content_Types].xml", '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
         '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'),
        ("_rels/.rels", '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
         '<sheet name="Reply" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>')])


def pdf(lines):
    """LINES are (x, y, text), one page. Without lines it is what a scanner makes: a page without text."""
    content = b"".join(b"BT /F1 11 Tf %d %d Td (%s) Tj ET\n" % (x, y, t.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)"))
                       for x, y, t in lines) or b"0.5 g 60 60 400 700 re f\n"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
               b"<< /Length %d >>\nstream\n%sendstream" % (len(content), content),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def pdf_letter(text):
    lines, y = [], 790
    for paragraph in text.split("\n"):
        for line in textwrap.wrap(paragraph, 88) or [""]:
            if line:
                lines.append((60, y, line))
            y -= 14
    return pdf(lines)


def pdf_table(rows):
    lines, y = [(60, 790, "Our response to your request is set out in the table."), (60, 760, "No"), (100, 760, "Question"), (360, 760, "Response")], 736
    for number, question, answer in rows:
        left, right = textwrap.wrap(question, 42), textwrap.wrap(answer, 32)
        lines.append((60, y, number))
        lines += [(100, y - 13 * k, t) for k, t in enumerate(left)]
        lines += [(360, y - 13 * k, t) for k, t in enumerate(right)]
        y -= 13 * max(len(left), len(right)) + 9
    return pdf(lines)


def mail(i, day, body, html=None, attached=None):
    head = (f"From: Information Governance <foi@{PLACES[i - 1].lower()}.example>\nTo: survey@university.example\nSubject: RE: Freedom of Information request\n"
            f"Date: {day} Mar 2020 10:{i:02d}:00 +0000\nMessage-ID: <{i}.{day}@{PLACES[i - 1].lower()}.example>\nMIME-Version: 1.0\n")
    if html:
        return (head + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + html).encode()
    if not attached:
        return (head + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body).encode()
    import base64
    name, kind, data = attached
    encoded = "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 76))
    return (head + 'Content-Type: multipart/mixed; boundary="part"\n\n--part\nContent-Type: text/plain; charset=utf-8\n\n' + body +
            f'\n--part\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="{name}"\n\n{encoded}\n--part--\n').encode()


# ---- letters ----

OPENING = "Dear Dr Weaver,\n\nThank you for your request of 10 February. Our answers are below.\n\n"
CLOSING = "\n\nIf you are unhappy with this reply, you may ask for an internal review:\n1. Write to the Chief Executive.\n2. Then to the Information Commissioner.\n\nYours sincerely\nInformation Governance\n"
REQUEST = "\n".join(f"{number}. {title}" for _, number, title in QUESTIONS)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def items(texts):
    return [(number, title, texts[name]) for name, number, title in QUESTIONS]


def quoted(texts):
    return OPENING + "\n\n".join(f"{n}. {q}\n{a}" for n, q, a in items(texts)) + CLOSING


def numbered(texts):
    return OPENING + "\n".join(f"{n}) {a}" for n, _, a in items(texts)) + CLOSING


def table_rows(texts):
    return [[n, q, a] for n, q, a in items(texts)]


def style_mail_quoted(i, texts):
    return [("reply.eml", mail(i, 9, quoted(texts)))]


def style_mail_numbers(i, texts):
    return [("1.eml", mail(i, 10, numbered(texts)))]


def style_mail_table(i, texts):
    rows = "".join(f"<tr><td>{escape(n)}</td><td>{escape(q)}</td><td>{escape(a)}</td></tr>" for n, q, a in items(texts))
    return [("reply.eml", mail(i, 11, "", html=f"<p>Please see our replies.</p><table><tr><th>No</th><th>Question</th><th>Reply</th></tr>{rows}</table><p>Kind regards</p>"))]


def style_pdf_letter(i, texts):
    return [("FOI reply.eml", mail(i, 12, "Dear Dr Weaver,\nPlease find attached our response.\n", attached=("response.pdf", "application/pdf", pdf_letter(quoted(texts)))))]


def style_pdf_table(i, texts):
    return [("FOI.eml", mail(i, 13, "Our response is attached.\n", attached=("FOI response.pdf", "application/pdf", pdf_table(items(texts)))))]


def style_docx_table(i, texts):
    rows = [["Question", "Our response"]] + [[q, a] for _, q, a in items(texts)]
    return [("reply.eml", mail(i, 16, "Attached.\n", attached=("Response.docx", WORD, docx(["Freedom of Information request", rows, "Regards"]))))]


def style_odt(i, texts):
    return [("letter.odt", odt(["Dear Dr Weaver", *[f"Question {n}: {a}" for n, _, a in items(texts)], "Yours sincerely"]))]


def style_xlsx(i, texts):
    return [("questionnaire.xlsx", xlsx([["Ref", "Question", "Answer"]] + table_rows(texts)))]


def style_html(i, texts):
    rows = "".join(f"<h3>{escape(n)}. {escape(q)}</h3><p>{escape(a)}</p>" for n, q, a in items(texts))
    return [("portal.html", f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Request completed</title></head><body>{rows}<h3>Complaints</h3><p>Write to us.</p></body></html>".encode())]


def style_text(i, texts):
    return [("answer.txt", ("Q" + "\nQ".join(f"{n} {a}" for n, _, a in items(texts)) + "\n").encode())]


def style_zip(i, texts):
    return [("documents.zip", zipped([("reply/response.docx", docx([f"{n}. {q} {a}" for n, q, a in items(texts)]))]))]


def style_headings(i, texts):
    heads = ["In-house software team", "People in the team (whole time equivalents)", "Programming languages and databases used",
             "Publishing under an open source licence", "Innovation grant applications"]
    return [("mail.eml", mail(i, 17, "Dear Dr Weaver,\n\n" + "\n\n".join(f"{h}\n{texts[n]}" for h, n in zip(heads, NAMES)) + "\n\nKind regards\n"))]


def style_between(i, texts):
    return [("re.eml", mail(i, 18, "Please see the answers below.\n\n" + "\n".join(f"{n}. {q} {a}" for n, q, a in items(texts)) + "\n\nRegards\n"))]


def style_restated(i, texts):
    letter = ("You asked:\n\n" + "\n".join(f"{k}. {q}" for k, (_, q, _) in enumerate(items(texts), 1)) +
              "\n\nOur response is:\n\n" + "\n".join(f"{k}. {a}" for k, (_, _, a) in enumerate(items(texts), 1)) + CLOSING)
    return [("letter.pdf", pdf_letter(letter))]


def style_two_mails(i, texts):
    return [("1.eml", mail(i, 2, "We acknowledge receipt of your request and will respond within 20 working days.\n")), ("2.eml", mail(i, 19, numbered(texts)))]


def style_correction(i, texts):
    wrong = dict(texts, grant="Don't know")
    return [("b.eml", mail(i, 4, numbered(wrong))),
            ("a.eml", mail(i, 20, f"Dear Dr Weaver,\n\nOur answer to question 4 was wrong. It should read: {texts['grant']}\n\nSorry for the trouble.\n"))]


def style_ticks(i, texts):
    def box(text, option):
        return ("\u2612 " if text.split(",")[0].split(" ")[0] == option else "\u2610 ") + option
    rows = []
    for name, number, title in QUESTIONS:
        answer = texts[name]
        rows.append([number, title, f"{box(answer, 'Yes')}  {box(answer, 'No')}" if answer in ("Yes", "No") else answer])
    return [("form.docx", docx(["Questionnaire", rows]))]


STYLES = [style_mail_quoted, style_mail_numbers, style_mail_table, style_pdf_letter, style_pdf_table, style_docx_table, style_odt, style_xlsx, style_html,
          style_text, style_zip, style_headings, style_between, style_restated, style_two_mails, style_correction, style_ticks]

WHOLE = [
    ("refused", "refused:s12", "letter.pdf", lambda i: pdf_letter(
        "Dear Dr Weaver\n\nTo answer your request we would have to read 1,900 purchase orders, which would take more than 18 hours. "
        "The cost would exceed the appropriate limit, and your request is refused under section 12 of the Freedom of Information Act 2000.\n\n"
        "You may ask for an internal review.")),
    ("not_held", "not_held", "reply.eml", lambda i: mail(i, 5, "Dear Dr Weaver,\n\nThe Trust does not hold the information that you have requested, as all of its systems are run by another trust.\n\nRegards\n")),
    ("holding", "not_answered", "reply.eml", lambda i: mail(i, 6, "Dear Dr Weaver,\n\nWe need more time to consider the public interest under section 43 and are extending the time limit by 20 working days.\n\nRegards\n")),
    ("clarification", "not_answered", "reply.eml", lambda i: mail(i, 3, "Dear Dr Weaver,\n\nCould you please clarify what you mean by software in question 1? Your request is on hold until we hear from you.\n\nRegards\n")),
    (None, "scanned", "scan.pdf", lambda i: pdf([])),
]


def received(files):
    """The date of the first mail that answers; the letters without a mail have none."""
    for _, data in sorted(files, key=lambda f: b"acknowledge receipt" in f[1]):
        head = data.split(b"\n\n")[0]
        if b"\nDate: " in head:
            day = int(head.split(b"\nDate: ")[1].split()[0])
            return f"2020-03-{day:02d}"
    return None


def truth_of(code, files, status, texts, reasons):
    record, missing = {"reply": code, "received": received(files)}, {}
    if record["received"] is None:
        missing["received"] = "no_date"
    record["status"] = status
    if status is None:
        missing["status"] = "scanned"
    for name in NAMES:
        record[name] = None if name in reasons else texts[name]
        if name in reasons:
            missing[name] = reasons[name]
    if missing:
        record["_missing"] = missing
    return record


def letter_of(i):
    """The files of trust I, and the truth."""
    code = f"Y-{i:02d}"
    if i > 35:
        status, reason, name, make = WHOLE[i - 36]
        files = [(name, make(i))]
        return files, truth_of(code, files, status, {}, {name: reason for name in NAMES})
    texts, reasons = answers_of(i)
    files = STYLES[(i - 1) % len(STYLES)](i, texts)
    status = "partly" if any(r != "not_applicable" for r in reasons.values()) else "answered"
    return files, truth_of(code, files, status, texts, reasons)


def expected(records):
    """The figures that the report must show, counted here from the truth and not from any output."""
    yes = sum(1 for r in records if (r["team"] or "").startswith("Yes"))
    told = sum(1 for r in records if r["team"])
    grant = sum(1 for r in records if (r["grant"] or "").startswith("Yes"))
    grant_told = sum(1 for r in records if r["grant"])
    lines = [("team", "yes", yes, told), ("grant", "yes", grant, grant_told)]
    used = [r["technologies"] for r in records if r["technologies"]]
    for term in ("C#", "PHP", "Python", "Java", "Delphi"):
        count = sum(1 for t in used if term in t.replace("JavaScript", ""))
        lines.append(("tech", term, count, len(used)))
    return "".join("\t".join(map(str, line)) + "\n" for line in lines)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    inbox = os.path.join(folder, "inbox")
    shutil.rmtree(inbox, ignore_errors=True)
    records = []
    for i in range(1, 41):
        files, truth = letter_of(i)
        os.makedirs(os.path.join(inbox, truth["reply"]))
        for name, data in files:
            with open(os.path.join(inbox, truth["reply"], name), "wb") as f:
                f.write(data)
        records.append(truth)
    with open(os.path.join(folder, "truth.jsonl"), "w", encoding="utf-8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in records)
    with open(os.path.join(folder, "roster.csv"), "w", encoding="utf-8") as f:
        f.write("code,name,type\n")
        f.writelines(f"Y-{i:02d},{PLACES[i - 1]} NHS Trust,{'acute' if i % 3 else 'mental health'}\n" for i in range(1, 41))
    with open(os.path.join(folder, "expected.tsv"), "w", encoding="utf-8") as f:
        f.write(expected(records))


if __name__ == "__main__":
    main()
