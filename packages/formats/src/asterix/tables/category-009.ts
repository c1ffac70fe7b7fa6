// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category009: CategoryTable = {
  category: 9,
  profiles: [["2.1", "010 000 020 030 060 070 080 090 100"]],
  items: [
    ["000", "2.1", "8 ?2;253-255"],
    ["010", "2.1", "{ SAC 8, SIC 8 }"],
    ["020", "2.1", "extended { ORG 1, I 3 u, S 3 | }"],
    ["030", "2.1", "repeat 1 { X 16 s, Y 16 s, L 16 u }"],
    ["060", "2.1", "extended { SN 6 u, _ 1 | }"],
    ["070", "2.1", '24 u1/128 "s"'],
    ["080", "2.1", "extended { F 5 s, R 3, Q 15 | }"],
    ["090", "2.1", "repeat 1 { SAC 8, SIC 8, _ 3, CP 1, WO 1, R 3 }"],
    ["100", "2.1", "16 u"],
  ],
  expansions: [],
};
