// duckdb.mjs -- the whole job in DuckDB, tuned: typed columns, one pass for the codes, two threads.
//
//   node duckdb.mjs CODEBOOK.csv FOLDER THREADS >counts.tsv
//
// Prints TABLE, VALUE, GROUP, COUNT as replies.awk does. A term counts as a whole word unless "do not
// use" stands before it in the same sentence.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(process.env.PEERS + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const [, , codebook, folder, threads] = process.argv;
const db = await (await DuckDBInstance.create(":memory:", { threads })).connect();
const quote = (text) => "'" + text.replaceAll("'", "''") + "'";
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const codes = new Map(); // code -> { group, terms }
for (const line of readFileSync(codebook, "utf8").split(/\r?\n/).slice(1)) {
    const part = line.split(",");
    if (part.length < 6 || line.includes('"')) continue;
    const code = codes.get(part[2]) ?? { group: part[4], terms: [] };
    code.terms.push(part[5]);
    codes.set(part[2], code);
}
// each term in lower case leads to its code; the longest comes first, as an alternation takes the first
const terms = [...codes].flatMap(([code, { group, terms }]) => terms.map((t) => [t.toLowerCase(), code, group]));
terms.sort((a, b) => b[0].length - a[0].length);
const alternation = `\\b(?:${terms.map(([t]) => escape(t)).join("|")})`;
await db.run("CREATE TABLE term (term VARCHAR, code VARCHAR, grp VARCHAR)");
await db.run("INSERT INTO term VALUES " + terms.map((t) => `(${t.map(quote).join(",")})`).join(","));

const yesNo = (q) =>
    `CASE WHEN lower(trim(${q})) IN ('yes','y') THEN 'yes' WHEN lower(trim(${q})) IN ('no','n') THEN 'no' END`;
await db.run(`CREATE TABLE reply AS
    SELECT row_number() OVER () AS id, Body AS body, strptime(Received, '%d/%m/%Y')::DATE AS received, Status AS status,
        ${yesNo('"1. In-house team?"')} AS team, ${yesNo('"2. Public websites?"')} AS public,
        ${yesNo('"3. Clinical staff?"')} AS clinical, ${yesNo('"4. For others?"')} AS others,
        ${yesNo('"5. Grant?"')} AS "grant", lower("6. Technologies") AS text
    FROM read_csv('${folder}/foi.csv', header = true, all_varchar = true)`);
await db.run(`CREATE TABLE body AS SELECT * FROM read_csv('${folder}/roster.csv', header = true, all_varchar = true)`);
await db.run(`CREATE TABLE joined AS SELECT r.*, b.Region AS region, b.Type AS type, b.Funded AS funded
    FROM reply r JOIN body b ON r.body = b.Code`);
await db.run(`CREATE TABLE mention AS
    WITH found AS (SELECT id, unnest(regexp_extract_all(regexp_replace(text, 'do not use [^.]*', '', 'g'), ${quote(alternation)})) AS term
                   FROM reply WHERE text IS NOT NULL AND text <> '')
    SELECT DISTINCT id, code, grp FROM found JOIN term USING (term)`);

const crosstab = (table, value, group) => `SELECT '${table}' AS t, ${value} AS v, ${group} AS g, count(*) AS n FROM joined
    WHERE ${value} IS NOT NULL AND ${group} IS NOT NULL GROUP BY ALL`;
const tables = [
    crosstab("team_by_funded", "team", "funded"), crosstab("public_by_type", "public", "type"),
    crosstab("clinical_by_region", "clinical", "region"), crosstab("others_by_funded", "others", "funded"),
    crosstab("grant_by_status", '"grant"', "status"), crosstab("team_by_public", "team", "public"),
    "SELECT 'tech', code, '', count(*) FROM mention GROUP BY ALL",
    "SELECT 'tech_group', grp, '', count(DISTINCT id) FROM mention GROUP BY ALL"];
const rows = await (await db.runAndReadAll(tables.join("\nUNION ALL\n"))).getRows();
console.log(rows.map((r) => r.join("\t")).sort().join("\n"));
