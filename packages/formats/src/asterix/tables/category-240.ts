// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category240: CategoryTable = {
  category: 240,
  profiles: [["1.3", "010 000 020 030 040 041 048 049 050 051 052 140 RE SP"]],
  items: [
    ["000", "1.3", "8 ?1-2"],
    ["010", "1.3", "{ SAC 8, SIC 8 }"],
    ["020", "1.3", "32 u"],
    ["030", "1.3", "repeat 1 { 8 ascii }"],
    [
      "040",
      "1.3",
      '{ STARTAZ 16 u360/65536 "°" >=0 <360, ENDAZ 16 u360/65536 "°" >=0 <360, STARTRG 32 u, CELLDUR 32 u1 "ns" }',
    ],
    [
      "041",
      "1.3",
      '{ STARTAZ 16 u360/65536 "°" >=0 <360, ENDAZ 16 u360/65536 "°" >=0 <360, STARTRG 32 u, CELLDUR 32 u1 "fs" }',
    ],
    ["048", "1.3", "{ C 1, _ 7, RES 8 ?1-6 }"],
    ["049", "1.3", "{ NBVB 16 u, NBCELLS 24 u }"],
    ["050", "1.3", "repeat 1 { 32 }"],
    ["051", "1.3", "repeat 1 { 512 }"],
    ["052", "1.3", "repeat 1 { 2048 }"],
    ["140", "1.3", '24 u1/128 "s"'],
    ["RE", "1.3", "explicit re"],
    ["SP", "1.3", "explicit sp"],
  ],
  expansions: [],
};
