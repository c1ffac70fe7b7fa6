// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category010: CategoryTable = {
  category: 10,
  profiles: [
    [
      "1.1",
      "010 000 020 140 041 040 042 200 202 161 170 060 220 245 250 300 090 091 270 550 310 500 280 131 210 - SP RE",
    ],
  ],
  items: [
    ["000", "1.1", "8 ?1-4"],
    ["010", "1.1", "{ SAC 8, SIC 8 }"],
    [
      "020",
      "1.1",
      "extended { TYP 3, DCR 1, CHN 1, GBS 1, CRT 1 | SIM 1, TST 1, RAB 1, LOP 2 ?0-2, TOT 2 | SPI 1, _ 6 | }",
    ],
    ["040", "1.1", '{ RHO 16 u1 "m" <=65536, TH 16 u360/65536 "°" }'],
    ["041", "1.1", '{ LAT 32 s180/2147483648 "°" >=-90 <=90, LON 32 s180/2147483648 "°" >=-180 <180 }'],
    ["042", "1.1", '{ X 16 s1 "m" >=-32768 <=32768, Y 16 s1 "m" >=-32768 <=32768 }'],
    ["060", "1.1", "{ V 1, G 1, L 1, _ 1, MODE3A 12 octal }"],
    ["090", "1.1", '{ V 1, G 1, FL 14 s1/4 "FL" }'],
    ["091", "1.1", '16 s25/4 "ft" >=-204800 <=204800'],
    ["131", "1.1", "8"],
    ["140", "1.1", '24 u1/128 "s"'],
    ["161", "1.1", "{ _ 4, TRK 12 }"],
    ["170", "1.1", "extended { CNF 1, TRE 1, CST 2, MAH 1, TCC 1, STH 1 | TOM 2, DOU 3 ?0-6, MRS 2 | GHO 1, _ 6 | }"],
    ["200", "1.1", '{ GSP 16 u1/16384 "NM/s" <=2, TRA 16 u360/65536 "°" }'],
    ["202", "1.1", '{ VX 16 s1/16 "m/s" >=-8192 <=8192, VY 16 s1/16 "m/s" >=-8192 <=8192 }'],
    ["210", "1.1", '{ AX 8 s1/16 "m/s²" >=-31 <=31, AY 8 s1/16 "m/s²" >=-31 <=31 }'],
    ["220", "1.1", "24"],
    ["245", "1.1", "{ STI 2 ?0-2, _ 6, CHR 48 icao }"],
    ["250", "1.1", "repeat 1 { MBDATA 56, BDS1 4, BDS2 4 }"],
    ["270", "1.1", 'extended { LENGTH 7 u1 "m" | ORIENTATION 7 u360/128 "°" | WIDTH 7 u1 "m" | }'],
    ["280", "1.1", 'repeat 1 { DRHO 8 s1 "m" >=-127 <=127, DTHETA 8 s3/20 "°" >=-19.05 <=19.05 }'],
    ["300", "1.1", "8 ?0-16"],
    ["310", "1.1", "{ TRB 1, MSG 7 ?1-5 }"],
    ["500", "1.1", '{ DEVX 8 u1/4 "m", DEVY 8 u1/4 "m", COVXY 16 s1/4 "m" }'],
    ["550", "1.1", "{ NOGO 2 ?0-2, OVL 1, TSV 1, DIV 1, TTF 1, _ 2 }"],
    ["RE", "1.1", "explicit re"],
    ["SP", "1.1", "explicit sp"],
  ],
  expansions: [],
};
