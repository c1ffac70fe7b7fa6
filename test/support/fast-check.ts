// What tests get when they import fast-check: the library, begun from one seed, so that the same commit gives the same
// result on every machine. `npm run torture` draws a new seed for each run, and OPENJMC_SEED gives one to run again.
import fastCheck from "../../node_modules/fast-check/lib/fast-check.js";

/** Any number does; it is changed when the properties should be tried on other cases for good. */
const SEED = 20_201_110;
const given = process.env.OPENJMC_SEED;

if (given !== undefined) fastCheck.configureGlobal({ seed: Number(given) });
else if (process.env.OPENJMC_TORTURE !== "1") fastCheck.configureGlobal({ seed: SEED });

export default fastCheck;
