// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category065: CategoryTable = {
  category: 65,
  profiles: [["1.4 1.5 1.6", "010 000 015 030 020 040 050 - - - - - RE SP"]],
  items: [
    ["000", "1.4 1.5 1.6", "8 ?1-3"],
    ["010", "1.4 1.5 1.6", "{ SAC 8, SIC 8 }"],
    ["015", "1.4 1.5 1.6", "8"],
    ["020", "1.4 1.5 1.6", "8 u"],
    ["030", "1.4 1.5 1.6", '24 u1/128 "s"'],
    ["040", "1.4 1.5 1.6", "{ NOGO 2, OVL 1, TSV 1, PSS 2, STTN 1, _ 1 }"],
    ["050", "1.4 1.5 1.6", "8 ?1-16"],
    ["RE", "1.4 1.5 1.6", "explicit re"],
    ["SP", "1.4 1.5 1.6", "explicit sp"],
  ],
  expansions: [],
};
