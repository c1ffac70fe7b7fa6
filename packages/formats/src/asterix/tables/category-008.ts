// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category008: CategoryTable = {
  category: 8,
  profiles: [["1.2 1.3", "010 000 020 036 034 040 050 090 100 110 120 038 SP rfs"]],
  items: [
    ["000", "1.2 1.3", "8 ?1-4;254-255"],
    ["010", "1.2 1.3", "{ SAC 8, SIC 8 }"],
    ["020", "1.2 1.3", "extended { ORG 1, I 3 u, S 3 | _ 5, TST 1, ER 1 | }"],
    ["034", "1.2 1.3", 'repeat 1 { STR 8 u, ENDR 8 u, AZ 16 u360/65536 "°" }'],
    ["036", "1.2 1.3", "repeat 1 { X 8 s, Y 8 s, LENGTH 8 u }"],
    ["038", "1.2 1.3", "repeat 1 { X1 8 s, Y1 8 s, X2 8 s, Y2 8 s }"],
    ["040", "1.2 1.3", "{ ORG 1, I 3, _ 2, FSTLST 2, CSN 8 }"],
    ["050", "1.2 1.3", "repeat 1 { X1 8 s, Y1 8 s }"],
    ["090", "1.2 1.3", '24 u1/128 "s"'],
    ["100", "1.2 1.3", "extended { F 5 s, R 3, Q 15 | }"],
    ["110", "1.2 1.3", "repeat fx { 7 }"],
    ["120", "1.2 1.3", "16 u"],
    ["SP", "1.2 1.3", "explicit sp"],
  ],
  expansions: [],
};
