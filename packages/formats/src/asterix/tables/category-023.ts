// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category023: CategoryTable = {
  category: 23,
  profiles: [["1.2 1.3", "010 000 015 070 100 101 200 110 120 - - - RE SP"]],
  items: [
    ["000", "1.2 1.3", "8 ?1-3"],
    ["010", "1.2 1.3", "{ SAC 8, SIC 8 }"],
    ["015", "1.2 1.3", "{ SID 4, STYP 4 ?1-9 }"],
    ["070", "1.2 1.3", '24 u1/128 "s"'],
    ["100", "1.2 1.3", 'extended { NOGO 1, ODP 1, OXT 1, MSC 1, TSV 1, SPO 1, RN 1 | GSSP 7 u1 "s" >=1 <=127 | }'],
    ["101", "1.2 1.3", 'extended { RP 8 u1/2 "s", SC 3, _ 4 | SSRP 7 u1 "s" >=1 <=127 | }'],
    ["110", "1.2 1.3", "extended { _ 4, STAT 3 ?0-5 | }"],
    ["120", "1.2 1.3", "repeat 1 { TYPE 8 ?0-4;20-32, REF 1, _ 7, CV 32 }"],
    ["200", "1.2 1.3", '8 u1 "NM"'],
    ["RE", "1.2 1.3", "explicit re"],
    ["SP", "1.2 1.3", "explicit sp"],
  ],
  expansions: [],
};
