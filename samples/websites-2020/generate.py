#!/usr/bin/env python3
"""generate -- the saved websites of this search, made from nothing, and the truth of what they name.

    python3 generate.py FOLDER      (default: the folder of this file)

Writes sites/ (a web archive or a folder of saved pages for each body), roster.csv and truth.tsv. The same bytes each time."""
import gzip
import os
import shutil
import sys

NAMES = "Ashmere Birkholt Calderwick Dunsby Elmthorpe Farleigh Gorsebridge Hollinworth Ibbotsley Jarrowdean".split()

# What each body's pages say: (path, title, text), and the technologies that a reader would note.
SITES = [
    ([("/", "Home", "Welcome to our hospitals."),
      ("/jobs/17", "Software developer, band 6", "The team maintains C# and SQL Server applications. Knowledge of Python is desirable."),
      ("/digital", "Digital services", "The team builds dashboards in Python and R.")], ["C#", "Python", "R", "SQL Server"]),
    ([("/", "Home", "This website needs JavaScript. Please enable JavaScript in your browser."),
      ("/about", "About us", "Our surgery is in ward R. Oracle House is open from nine.")], []),
    ([("/jobs", "Vacancies", "Integration developer: Java, Mirth and Oracle Database.")], ["Java", "Oracle"]),
    ([("/board/2020-01", "Board papers", "The clinical portal, written in Delphi, is no longer used. Its successor was written in C#.")], ["C#"]),
    ([("/", "Home", "Welcome."), ("/jobs/3", "Web developer", "PHP, MySQL and JavaScript; our code is on GitHub.")], ["JavaScript", "PHP"]),
    ([("/", "Start", "Parking, visiting, wards and departments.")], []),
    ([("/research", "Research computing", "Statisticians work in R, with Python for data preparation."),
      ("/research", "Research computing", "Statisticians work in R, with Python for data preparation.")], ["Python", "R"]),
    ([("/strategy", "Digital strategy 2020", "We do not use Java. New services are built with C Sharp and Microsoft SQL Server.")], ["C#", "SQL Server"]),
    ([("/news", "News", "The therapy garden was opened by the mayor.")], []),
    ([("/jobs/9", "Analyst", "SQL Server, R and Power BI."), ("/jobs/10", "Developer", "JavaScript (React) and PHP.")], ["JavaScript", "PHP", "R", "SQL Server"]),
]


def page(title, text):
    return (f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title><script>var python = 'not text';</script></head>"
            f"<body><nav>Home | Wards | Contact</nav><h1>{title}</h1><p>{text}</p></body></html>\n").encode()


def record(kind, url, body):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-03-05T10:00:00Z\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def response(url, status, media, body):
    return record("response", url, f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def archive(host, pages):
    out = record("warcinfo", host, b"software: none\r\n")
    for path, title, text in pages:
        out += record("request", host + path, f"GET {path} HTTP/1.1\r\n\r\n".encode())
        out += response(host + path, "200 OK", "text/html; charset=utf-8", page(title, text))
    out += response(host + "/gone", "404 Not Found", "text/html", page("Not found", "Python developers wanted: this page is gone."))
    out += response(host + "/logo.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n")
    return gzip.compress(out, mtime=0)


def main(folder):
    sites = os.path.join(folder, "sites")
    shutil.rmtree(sites, ignore_errors=True)
    os.makedirs(sites)
    with open(os.path.join(folder, "roster.csv"), "w", encoding="utf-8") as roster, \
            open(os.path.join(folder, "truth.tsv"), "w", encoding="utf-8") as truth:
        roster.write("reply,name\n")
        for i, (pages, found) in enumerate(SITES, 1):
            code = f"Y-{i:02d}"
            roster.write(f"{code},{NAMES[i - 1]} NHS Trust\n")
            truth.write(f"{code}\t{', '.join(found)}\n")
            if i % 3:
                with open(os.path.join(sites, code + ".warc.gz"), "wb") as file:
                    file.write(archive(f"https://www.{NAMES[i - 1].lower()}.example", pages))
                continue
            os.mkdir(os.path.join(sites, code))
            for k, (_, title, text) in enumerate(pages):
                with open(os.path.join(sites, code, f"{k}.html"), "wb") as file:
                    file.write(page(title, text))


main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__)))
