// What the two other engines share: reading the arguments, timing the runs, and printing one JSON line.
//     node ENGINE.mjs FOLDER RULEBOOK REPEATS THREADS
import { readFileSync } from "node:fs";

export function arguments_given() {
    const [folder, rulebook, repeats, threads] = process.argv.slice(2);
    if (!threads) throw new Error("usage: node ENGINE.mjs FOLDER RULEBOOK REPEATS THREADS");
    return { folder, rulebook, repeats: Number(repeats), threads: Number(threads) };
}

export async function seconds_of(work) {
    const begun = process.hrtime.bigint();
    await work();
    return Number(process.hrtime.bigint() - begun) / 1e9;
}

// Computes once to warm up, then `repeats` times; gives the median, as `groundwork evaluate --repeat` does.
export async function median_seconds(repeats, compute) {
    await compute();
    const runs = [];
    for (let i = 0; i < repeats; ++i) runs.push(await seconds_of(compute));
    return runs.sort((a, b) => a - b)[runs.length >> 1];
}

// Peak memory of this process.
export function peak_megabytes() {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
}

export function print_line(line) {
    console.log(JSON.stringify(line));
}
