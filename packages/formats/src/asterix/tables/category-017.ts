// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category017: CategoryTable = {
  category: 17,
  profiles: [["1.3", "010 012 000 350 220 221 140 045 070 050 200 230 240 210 360 - - - - - SP"]],
  items: [
    ["000", "1.3", "8 ?0;10;20-23;30-33;110-111"],
    ["010", "1.3", "{ SAC 8, SIC 8 }"],
    ["012", "1.3", "{ SAC 8, SIC 8 }"],
    ["045", "1.3", '{ LAT 24 s180/33554432 "°" >=-90 <=90, LON 24 s180/33554432 "°" >=-180 <180 }'],
    ["050", "1.3", '{ V 1, G 1, ALT 14 u1/4 "FL" }'],
    ["070", "1.3", "{ V 1, G 1, L 1, _ 1, MODE3A 12 octal }"],
    ["140", "1.3", '24 u1/128 "s" <86400'],
    ["200", "1.3", '{ GSP 16 u1/16384 "NM/s", HDG 16 u360/65536 "°" }'],
    ["210", "1.3", "repeat 1 { 24 }"],
    ["220", "1.3", "24"],
    ["221", "1.3", "16"],
    ["230", "1.3", "{ CA 3, SI 1, _ 4 }"],
    ["240", "1.3", "{ CST 1, FLT 1, _ 6 }"],
    ["350", "1.3", "repeat 1 { SAC 8, SIC 8 }"],
    ["360", "1.3", "8"],
    ["SP", "1.3", "explicit sp"],
  ],
  expansions: [],
};
