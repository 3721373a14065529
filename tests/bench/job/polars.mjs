// polars.mjs -- the whole job in Polars.
//
//   node polars.mjs CODEBOOK.csv FOLDER >counts.tsv
//
// Prints TABLE, VALUE, GROUP, COUNT as replies.awk does.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(process.env.PEERS + "/");
const pl = require("nodejs-polars");
const [, , codebook, folder] = process.argv;
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const terms = [];
for (const line of readFileSync(codebook, "utf8").split(/\r?\n/).slice(1)) {
    const part = line.split(",");
    if (part.length >= 6 && !line.includes('"')) terms.push([part[5].toLowerCase(), part[2], part[4]]);
}
terms.sort((a, b) => b[0].length - a[0].length);
const alternation = `\\b(?:${terms.map(([t]) => escape(t)).join("|")})`;

let reply = pl.readCSV(`${folder}/foi.csv`, { inferSchemaLength: 0 });
reply = reply.rename(Object.fromEntries(reply.columns.map((c, i) =>
    [c, ["id", "body", "received", "status", "team", "public", "clinical", "others", "grant", "text"][i]])));
const yesNo = (name) => {
    const typed = pl.col(name).str.strip().str.toLowerCase();
    return pl.when(typed.isIn(["yes", "y"])).then(pl.lit("yes"))
        .when(typed.isIn(["no", "n"])).then(pl.lit("no")).otherwise(pl.lit(null)).alias(name);
};
reply = reply.withColumns(pl.col("received").str.strptime(pl.Date, "%d/%m/%Y"),
    ...["team", "public", "clinical", "others", "grant"].map(yesNo), pl.col("text").str.toLowerCase());
const body = pl.readCSV(`${folder}/roster.csv`, { inferSchemaLength: 0 });
const joined = reply.join(body, { leftOn: "body", rightOn: "Code", how: "inner" });

const lines = [];
const put = (table, frame) => {
    for (const row of frame.rows()) lines.push([table, ...row].join("\t"));
};
const crosstab = (table, value, group) => put(table, joined.filter(pl.col(value).isNotNull().and(pl.col(group).isNotNull()))
    .groupBy([value, group]).agg(pl.count("id").alias("n")).select(value, group, "n"));
crosstab("team_by_funded", "team", "Funded");
crosstab("public_by_type", "public", "Type");
crosstab("clinical_by_region", "clinical", "Region");
crosstab("others_by_funded", "others", "Funded");
crosstab("grant_by_status", "grant", "status");
crosstab("team_by_public", "team", "public");

// without a function that extracts all matches: each is put between marks, and the text is cut at them
const texts = reply.filter(pl.col("text").isNotNull()).select(pl.col("id"),
    pl.col("text").str.replaceAll("do not use [^.]*", "")
        .str.replaceAll(alternation, "\u0001${0}\u0002").str.split("\u0001").alias("piece"));
const pieces = texts.explode("piece").filter(pl.col("piece").str.contains("\u0002"))
    .select(pl.col("id"), pl.col("piece").str.extract("^([^\u0002]*)", 1).alias("term"));
const book = pl.DataFrame({ term: terms.map((t) => t[0]), code: terms.map((t) => t[1]), grp: terms.map((t) => t[2]) });
const mention = pieces.join(book, { on: "term", how: "inner" });
const distinct = (table, name) => put(table, mention.select("id", name).unique()
    .groupBy(name).agg(pl.count("id").alias("n")).select(pl.col(name), pl.lit("").alias("g"), pl.col("n")));
distinct("tech", "code");
distinct("tech_group", "grp");
console.log(lines.sort().join("\n"));
