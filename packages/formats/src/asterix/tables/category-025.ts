// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category025: CategoryTable = {
  category: 25,
  profiles: [["1.5 1.6", "010 000 200 015 020 070 100 105 120 140 SP 600 610"]],
  items: [
    ["000", "1.5 1.6", "{ RTYP 7, RG 1 }"],
    ["010", "1.5 1.6", "{ SAC 8, SIC 8 }"],
    ["015", "1.5 1.6", "8"],
    ["020", "1.5 1.6", "48 icao"],
    ["070", "1.5 1.6", '24 u1/128 "s"'],
    ["100", "1.5 1.6", "extended { NOGO 1, OPS 2, SSTAT 4 | _ 1, SYSTAT 3, SESTAT 3 | }"],
    ["105", "1.5 1.6", "repeat 1 { 8 }"],
    ["120", "1.5 1.6", "repeat 1 { CID 16, ERRC 6, CS 2 }"],
    ["140", "1.5 1.6", "repeat 1 { TYPE 8, REF 1, _ 7, COUNT 32 u }"],
    ["200", "1.5 1.6", "24 u"],
    ["600", "1.5 1.6", '{ LAT 32 s180/4294967296 "°" >=-90 <90, LON 32 s180/4294967296 "°" >=-180 <180 }'],
    ["610", "1.5 1.6", '16 s1/4 "m" >=-8192 <=8191.75'],
    ["SP", "1.5 1.6", "explicit sp"],
  ],
  expansions: [],
};
