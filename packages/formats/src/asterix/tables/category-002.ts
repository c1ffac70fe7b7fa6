// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category002: CategoryTable = {
  category: 2,
  profiles: [["1.0 1.1 1.2", "010 000 020 030 041 050 060 070 100 090 080 - SP rfs"]],
  items: [
    ["000", "1.0 1.1 1.2", "8 ?1-3;8-9"],
    ["010", "1.0 1.1 1.2", "{ SAC 8, SIC 8 }"],
    ["020", "1.0 1.1 1.2", '8 u360/256 "°"'],
    ["030", "1.0 1.1 1.2", '24 u1/128 "s"'],
    ["041", "1.0 1.1 1.2", '16 u1/128 "s"'],
    ["050", "1.0 1.1 1.2", "repeat fx { 7 }"],
    ["060", "1.0 1.1 1.2", "repeat fx { 7 }"],
    ["070", "1.0 1.1 1.2", "repeat 1 { A 1, IDENT 5 ?1-3, COUNTER 10 u }"],
    ["080", "1.0 1.1 1.2", "repeat fx { 7 }"],
    ["090", "1.0 1.1 1.2", '{ RE 8 s1/128 "NM", AE 8 s360/16384 "°" }'],
    [
      "100",
      "1.0 1.1 1.2",
      '{ RS 16 u1/128 "NM" <512, RE 16 u1/128 "NM" <512, TS 16 u360/65536 "°", TE 16 u360/65536 "°" }',
    ],
    ["SP", "1.0 1.1 1.2", "explicit sp"],
  ],
  expansions: [],
};
