// The reference job in DuckDB: node duckdb.mjs FOLDER RULEBOOK REPEATS THREADS
import { DuckDBInstance } from "@duckdb/node-api";
import { checksum_query, job_statements, table_statements } from "./duckdb_sql.mjs";
import { arguments_given, median_seconds, peak_megabytes, print_line, seconds_of } from "./measuring.mjs";
import { read_rulebook } from "./rulebook.mjs";

const given = arguments_given();
const job = read_rulebook(given.rulebook);
const instance = await DuckDBInstance.create(":memory:", { threads: String(given.threads) });
const connection = await instance.connect();
const run_all = async (statements) => {
    for (const statement of statements) await connection.run(statement);
};

const load_s = await seconds_of(async () => {
    await run_all(table_statements(job));
    await run_all(["units", "unit_year", "member_year"].map((table) => `COPY ${table} FROM '${given.folder}/${table}.csv' (HEADER, DELIMITER ',')`));
});
const statements = job_statements(job);
const compute_s = await median_seconds(given.repeats, () => run_all(statements));
const rss_mb = peak_megabytes();
const rows = (await connection.runAndReadAll(checksum_query(job))).getRows();
print_line({ load_s, compute_s, rss_mb });
print_line(Object.fromEntries(rows.map(([table, count, sum]) => [table, [Number(count), Number(sum)]])));
