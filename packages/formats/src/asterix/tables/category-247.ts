// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category247: CategoryTable = {
  category: 247,
  profiles: [["1.2 1.3", "010 015 140 550 - SP RE"]],
  items: [
    ["010", "1.2 1.3", "{ SAC 8, SIC 8 }"],
    ["015", "1.2 1.3", "8"],
    ["140", "1.2 1.3", '24 u1/128 "s"'],
    ["550", "1.2 1.3", "repeat 1 { CAT 8 u, MAIN 8 u, SUB 8 u }"],
    ["RE", "1.2 1.3", "explicit re"],
    ["SP", "1.2 1.3", "explicit sp"],
  ],
  expansions: [],
};
