#!/usr/bin/env python3
"""letters -- files of many formats, and the truth of what they say, from one text that people can read.

    letters.py LETTERS FOLDER TRUTH [STYLE.css]

LETTERS holds replies. Each begins with `=== ID STATUS FORM`, then a line for each question, `name: answer` or `name: !reason`,
then its documents, each after a line `--- KIND [DATE SUBJECT]`; `+++ KIND NAME` attaches a document to the mail before it. KIND is
text, page (HTML), pdf, docx, xlsx, email or htmlmail; print, word and odt are HTML that LibreOffice makes a PDF, a Word file and an OpenDocument
of, chrome a PDF that Chromium prints of HTML, pango a PDF that Pango sets of plain text. An arrow is a tab: in docx and xlsx the border of a cell.
FORM says how the letter answers: quoted, table, numbered, prose, grouped, inline, merged, other.

With a STYLE every page, Word file and HTML mail becomes a PDF that WeasyPrint sets in it, and replies of other documents are left out: the same letter in
another typeface, with other lines and other white."""
import base64
import email.utils
import datetime
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from html import escape as html_escape

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("generate", os.path.join(HERE, "../../samples/replies-2020/generate.py"))
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


def rows(text):
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def blocks(text):
    """The paragraphs of a Word file, and its tables: lines with tabs that stand together."""
    out = []
    for cells in rows(text):
        if len(cells) == 1:
            out.append(cells[0])
        elif out and isinstance(out[-1], list):
            out[-1].append(cells)
        else:
            out.append([cells])
    return out


def pdf(text):
    return subprocess.run([os.path.join(HERE, "../pdf-of")], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout


def html(text):
    return ("<html><body>" + text + "</body></html>").encode()


OFFICE = {"print": ("pdf", "writer_pdf_Export"), "word": ("docx", "MS Word 2007 XML"), "odt": ("odt", "writer8")}


def office(letters):
    """What LibreOffice makes of every document of LETTERS that wants it, by (kind, text): one run a kind, since a start takes seconds."""
    made = {}
    for kind, (ending, writer) in OFFICE.items():
        texts = sorted({part[2] for _, documents in letters for parts in documents for part in parts if part[0] == kind})
        if not texts:
            continue
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join(folder, f"{i}.html") for i in range(len(texts))]
            for name, text in zip(names, texts):
                with open(name, "w", encoding="utf-8") as file:
                    file.write(f'<html><head><meta charset="utf-8"></head><body>{text}</body></html>')
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=HTML (StarWriter)",
                            "--convert-to", f"{ending}:{writer}", "--outdir", folder, *names], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for name, text in zip(names, texts):
                with open(name[:-4] + ending, "rb") as file:
                    made[kind, text] = file.read()
    return made


def run_in(folder, command):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def printed(text):
    """The PDF that Chromium prints of the page TEXT."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.html"), "w", encoding="utf-8") as file:
            file.write(f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{text}</body></html>')
        run_in(folder, ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
                        "--print-to-pdf=page.pdf", "file://" + os.path.join(folder, "page.html")])
        with open(os.path.join(folder, "page.pdf"), "rb") as file:
            return file.read()


def set_by_pango(text):
    """The PDF that Pango sets of the plain TEXT, in a proportional face, on a page as long as it needs."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.txt"), "w", encoding="utf-8") as file:
            file.write(text)
        run_in(folder, ["pango-view", "--no-display", "--font=DejaVu Serif 10", "--width=480", "--output=page.pdf", "page.txt"])
        with open(os.path.join(folder, "page.pdf"), "rb") as file:
            return file.read()


def as_html(kind, text):
    if kind != "docx":
        return text
    cell = lambda words: f"<td>{html_escape(words)}</td>"
    return "".join(f"<p>{html_escape(block)}</p>" if isinstance(block, str) else
                   "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in block) + "</table>"
                   for block in blocks(text) if block)


def set_in(style, kind, text):
    """The PDF that WeasyPrint sets of the letter TEXT."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.html"), "w", encoding="utf-8") as file:
            file.write(f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{as_html(kind, text)}</body></html>')
        run_in(folder, ["weasyprint", "-q", "-s", style, "page.html", "page.pdf"])
        with open(os.path.join(folder, "page.pdf"), "rb") as file:
            return file.read()


# What can be set in a style.
SET = ("docx", "print", "word", "odt", "chrome", "page", "htmlmail")
TOOLS = {"print": "soffice", "word": "soffice", "odt": "soffice", "chrome": "chromium", "pango": "pango-view"}
FORMATS = {"text": (str.encode, "txt", "text/plain"), "page": (str.encode, "html", "text/html"), "pdf": (pdf, "pdf", "application/pdf"),
           "docx": (lambda t: generate.docx(blocks(t)), "docx", generate.WORD), "xlsx": (lambda t: generate.xlsx(rows(t)), "xlsx", "application/octet-stream"),
           "chrome": (printed, "pdf", "application/pdf"), "pango": (set_by_pango, "pdf", "application/pdf"),
           "email": (str.encode, "eml", "text/plain; charset=utf-8"), "htmlmail": (html, "eml", "text/html; charset=utf-8")}


def works(tool):
    """Whether TOOL is there, and, of a Chromium, starts: in some boxes it does not."""
    if tool != "chromium" or not shutil.which(tool):
        return shutil.which(tool) is not None
    try:
        return len(printed("<p>A page</p>")) > 0
    except (OSError, subprocess.CalledProcessError):
        return False


def encoded(data):
    text = base64.b64encode(data).decode()
    return "\n".join(text[i:i + 76] for i in range(0, len(text), 76)) + "\n"


def mail(documents):
    """One message of its own text and what is attached to it."""
    kind, rest, _ = documents[0]
    day, _, subject = rest.partition(" ")
    head = (f"From: FOI Team <foi@body.example>\nTo: asker@paper.example\nSubject: {subject}\nDate: "
            f"{email.utils.format_datetime(datetime.datetime.fromisoformat(day + 'T10:00:00+00:00'))}\nMIME-Version: 1.0\n"
            'Content-Type: multipart/mixed; boundary="part"\n\n')
    for kind, name, text in documents:
        make, _, media = FORMATS[kind]
        head += f"--part\nContent-Type: {media}\nContent-Transfer-Encoding: base64\n"
        if kind not in ("email", "htmlmail"):
            head += f'Content-Disposition: attachment; filename="{name}"\n'
        head += "\n" + encoded(make(text))
    return (head + "--part--\n").encode()


def read(path):
    """The replies of the file at PATH: dictionaries of truth, and documents with their attachments."""
    replies = []
    for line in open(path, encoding="utf-8"):
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "===":
            name, status, form = rest.split()
            replies.append(({"reply": name, "status": status, "_form": form, "_missing": {}}, []))
        elif word == "---":
            kind, _, rest = rest.partition(" ")
            replies[-1][1].append([(kind, rest, "")])
        elif word == "+++":
            kind, _, rest = rest.partition(" ")
            replies[-1][1][-1].append((kind, rest, ""))
        elif replies[-1][1]:
            kind, rest, text = replies[-1][1][-1][-1]
            replies[-1][1][-1][-1] = (kind, rest, text + line.replace("→", "\t"))
        else:
            name, _, answer = line.rstrip("\n").partition(": ")
            truth = replies[-1][0]
            truth[name] = None if answer.startswith("!") else answer
            if answer.startswith("!"):
                truth["_missing"][name] = answer[1:]
    return replies


def main(letters, folder, truth, style=None):
    replies = read(letters)
    if style:
        replies = [r for r in replies if all(len(parts) == 1 and parts[0][0] in SET for parts in r[1])]
        for kind in SET:
            FORMATS[kind] = (lambda text, kind=kind: set_in(os.path.abspath(style), kind, text), "pdf", "application/pdf")
        TOOLS.clear()
        OFFICE.clear()
    os.makedirs(folder)
    for tool in sorted(set(TOOLS.values())):
        kept = [r for r in replies if not any(TOOLS.get(part[0]) == tool for parts in r[1] for part in parts)]
        if len(kept) < len(replies) and not works(tool):
            print(f"letters: {letters}: {len(replies) - len(kept)} replies are left out: no {tool}", file=sys.stderr)
            replies = kept
    made = office(replies)
    for kind, (ending, _) in OFFICE.items():
        FORMATS[kind] = (lambda text, kind=kind: made[kind, text], ending, "application/octet-stream")
    with open(truth, "w", encoding="utf-8") as out:
        for facts, documents in replies:
            place = os.path.join(folder, facts["reply"])
            os.makedirs(place)
            for i, parts in enumerate(documents, 1):
                make, ending, _ = FORMATS[parts[0][0]]
                data = mail(parts) if ending == "eml" else make(parts[0][2])
                with open(os.path.join(place, f"reply {i}.{ending}"), "wb") as file:
                    file.write(data)
            out.write(json.dumps(facts, ensure_ascii=False) + "\n")


main(*sys.argv[1:])
