// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category150: CategoryTable = {
  category: 150,
  profiles: [
    [
      "3.0",
      "010 020 030 040 050 060 070 080 090 100 110 120 130 140 150 160 170 180 190 200 210 220 230 240 250 251 171 151",
    ],
  ],
  items: [
    ["010", "3.0", "{ CEN 8, POS 8 }"],
    ["020", "3.0", "{ CEN 8, POS 8 }"],
    ["030", "3.0", "8 ?1-6;251-255"],
    ["040", "3.0", "16"],
    ["050", "3.0", "56 ascii"],
    ["060", "3.0", "32 ascii"],
    ["070", "3.0", "32 ascii"],
    ["080", "3.0", "32 ascii"],
    ["090", "3.0", "32 ascii"],
    ["100", "3.0", "{ GAT 1, OAT 1, _ 3, CPL 1, SPN 1, _ 1 }"],
    ["110", "3.0", "{ _ 1, HLD 1, RVQ 1, RVC 1, RVX 1, _ 3 }"],
    ["120", "3.0", "{ NOA 16 ascii, TOA 32 ascii, WT 8 ascii }"],
    ["130", "3.0", "24 ascii"],
    ["140", "3.0", "repeat 1 { T 8 ?1-6;14, E 88 ascii }"],
    ["150", "3.0", 'repeat 1 { X 16 s1/64 "NM", Y 16 s1/64 "NM" }'],
    ["151", "3.0", 'repeat 1 { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180 }'],
    ["160", "3.0", "repeat 1 { HH 16 ascii, MM 16 ascii }"],
    ["170", "3.0", "repeat 1 { 24 ascii }"],
    ["171", "3.0", "repeat 1 { 24 ascii }"],
    ["180", "3.0", "repeat 1 { 32 ascii }"],
    ["190", "3.0", "16 ascii"],
    ["200", "3.0", "repeat 1 { 8 ascii }"],
    ["210", "3.0", "16"],
    ["220", "3.0", "16 u"],
    ["230", "3.0", "16 u"],
    ["240", "3.0", "repeat 1 { PLAN 16, TRACK 16 }"],
    ["250", "3.0", "repeat 1 { 16 }"],
    ["251", "3.0", "repeat 1 { TRACK1 16, TRACK2 16 }"],
  ],
  expansions: [],
};
