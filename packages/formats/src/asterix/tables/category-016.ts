// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category016: CategoryTable = {
  category: 16,
  profiles: [["1.0", "010 015 000 140 200 300 400 405 410 420 SP"]],
  items: [
    ["000", "1.0", "8 ?1-2"],
    ["010", "1.0", "{ SAC 8, SIC 8 }"],
    ["015", "1.0", "8"],
    ["140", "1.0", '24 u1/128 "s"'],
    ["200", "1.0", '8 u1 "s" >1'],
    ["300", "1.0", "repeat 1 { PID 16, TID 16, RID 16 }"],
    ["400", "1.0", '{ LAT 32 s180/2147483648 "°" >=-90 <=90, LON 32 s180/2147483648 "°" >=-180 <180 }'],
    ["405", "1.0", '16 s1/4 "m" >-8192 <8192'],
    [
      "410",
      "1.0",
      'repeat 1 { TID 16, LAT 32 s180/2147483648 "°" >=-90 <=90, LON 32 s180/2147483648 "°" >=-180 <180, ALT 16 s1/4 "m" >-8192 <8192, TTO 32 s2 "ns", _ 4, ATO 20 u1 "ns", PCI 16 u }',
    ],
    [
      "420",
      "1.0",
      'repeat 1 { RID 16, LAT 32 s180/2147483648 "°" >=-90 <=90, LON 32 s180/2147483648 "°" >=-180 <180, ALT 16 s1/4 "m" >-8192 <8192 }',
    ],
    ["SP", "1.0", "explicit sp"],
  ],
  expansions: [],
};
