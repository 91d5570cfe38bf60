// The reference job in Polars: node polars.mjs FOLDER RULEBOOK REPEATS THREADS
import { arguments_given, median_seconds, peak_megabytes, print_line, seconds_of } from "./measuring.mjs";
import { read_rulebook } from "./rulebook.mjs";

const given = arguments_given();
process.env.POLARS_MAX_THREADS = String(given.threads);  // read when the library is loaded
const { default: pl } = await import("nodejs-polars");
const { Job } = await import("./polars_job.mjs");

const rules = read_rulebook(given.rulebook);
const job = new Job(rules);
const read = (table, ids, facts) => pl.readCSV(`${given.folder}/${table}.csv`, {
    dtypes: Object.fromEntries([...ids.map((one) => [one, pl.Int32]), ...facts.map((one) => [one, pl.Int16])]),
});

let units, unit_year, member_year;
const load_s = await seconds_of(() => {
    const tree = read("units", ["unit_id", "parent_id", "kind"], []);
    const kinds = tree.select(pl.col("unit_id").alias("above"), pl.col("kind").alias("parent_kind"));
    const no_kind = pl.lit(-1).cast(pl.Int32);
    units = tree.join(kinds, { leftOn: "parent_id", rightOn: "above", how: "left" })
        .withColumns(pl.col("parent_kind").fillNull(no_kind).alias("parent_kind"));
    unit_year = read("unit_year", ["unit_id"], rules.unit_facts);
    member_year = read("member_year", ["member_id", "cell_id"], rules.member_facts);
});
let results;
const compute_s = await median_seconds(given.repeats, () => {
    results = job.run(units, unit_year, member_year);
});
const rss_mb = peak_megabytes();

// Rows and the sum of their hashes; summed in two halves, because a number of JavaScript holds 53 bits.
function checksum(table, columns) {
    const wide = (value) => pl.lit(value).cast(pl.Int64);
    const hash = columns.slice(1).reduce(
        (so_far, column) => so_far.mul(wide(1000033)).add(pl.col(column).cast(pl.Int64)).add(wide(1)).modulo(wide(2147483647)),
        pl.col(columns[0]).cast(pl.Int64).add(wide(1)));
    const half = wide(65536);
    const [sums] = table.lazy().select(hash.alias("hash"))
        .select(pl.col("hash").div(half).sum().alias("high"), pl.col("hash").modulo(half).sum().alias("low"))
        .collectSync().toRecords();
    return [table.height, Number(sums.high ?? 0) * 65536 + Number(sums.low ?? 0)];
}

print_line({ load_s, compute_s, rss_mb });
print_line({
    member: checksum(results.member_result, ["member_id", "cell_id", "score", "pre_class", "final_class"]),
    unit: checksum(results.unit_result, ["unit_id", "score", "pre_class", "final_class", "weak_bits"]),
    rollup: checksum(results.rollup, ["unit_id", ...rules.counters]),
    weak: checksum(results.weak_list, ["place", "unit_id", "score", "weak_bits"]),
});
