// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category019: CategoryTable = {
  category: 19,
  profiles: [["1.3", "010 000 140 550 551 552 553 600 610 620 - - RE SP"]],
  items: [
    ["000", "1.3", "8 ?1-3"],
    ["010", "1.3", "{ SAC 8, SIC 8 }"],
    ["140", "1.3", '24 u1/128 "s"'],
    ["550", "1.3", "{ NOGO 2, OVL 1, TSV 1, TTF 1, _ 3 }"],
    ["551", "1.3", "{ TP1A 1, TP1B 1, TP2A 1, TP2B 1, TP3A 1, TP3B 1, TP4A 1, TP4B 1 }"],
    ["552", "1.3", "repeat 1 { RSI 8, _ 1, RS1090 1, TX1030 1, TX1090 1, RSS 1, RSO 1, _ 2 }"],
    ["553", "1.3", "extended { REFTR1 2 ?1-3, _ 2, REFTR2 2 ?1-3, _ 1 | REFTR3 2 ?1-3, _ 2, REFTR4 2 ?1-3, _ 1 | }"],
    ["600", "1.3", '{ LAT 32 s180/1073741824 "°" >=-90 <=90, LON 32 s180/1073741824 "°" >=-180 <180 }'],
    ["610", "1.3", '16 s1/4 "m" >=-8192 <=8192'],
    ["620", "1.3", '8 s1 "m"'],
    ["RE", "1.3", "explicit re"],
    ["SP", "1.3", "explicit sp"],
  ],
  expansions: [],
};
