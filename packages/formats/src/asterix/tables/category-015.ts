// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category015: CategoryTable = {
  category: 15,
  profiles: [
    [
      "1.0 1.1 1.2",
      "010 000 015 020 030 145 161 170 050 270 300 400 600 601 602 603 604 605 480 625 626 627 628 630 631 SP",
    ],
  ],
  items: [
    ["000", "1.0 1.1 1.2", "{ MT 7 ?1-5, RG 1 }"],
    ["010", "1.0 1.1 1.2", "{ SAC 8, SIC 8 }"],
    ["015", "1.0 1.1 1.2", "8"],
    ["020", "1.0 1.1 1.2", "extended { MOMU 2, TTAX 2, SCD 2, _ 1 | }"],
    ["030", "1.0 1.1 1.2", "repeat fx { 7 }"],
    ["050", "1.0 1.1 1.2", '{ _ 2, UPD 14 u1/128 "s" <=128 }'],
    ["145", "1.0 1.1 1.2", '24 u1/128 "s" <86400'],
    ["161", "1.0 1.1 1.2", "16 u <=65535"],
    ["170", "1.0 1.1 1.2", "extended { BIZ 1, BAZ 1, TUR 1, _ 1, CSTP 1, CSTH 1, CNF 1 | }"],
    [
      "270",
      "1.0 1.1 1.2",
      'compound { LEN 16 u1/100 "m" <=655.35, WDT 16 u1/100 "m" <=655.35, HGT 16 u1/100 "m" <=655.35, ORT 16 u360/65536 "°" <=360 }',
    ],
    ["300", "1.0 1.1 1.2", "repeat 1 { CLS 9 u, PRB 7 u }"],
    ["400", "1.0 1.1 1.2", "{ PID 16 u, ON 24 u }"],
    ["480", "1.0 1.1 1.2", "repeat 1 { 40 }"],
    [
      "600",
      "1.0 1.1 1.2",
      'compound { P84 { LATITUDE 32 s180/2147483648 "°" >=-90 <90, LONGITUDE 32 s180/2147483648 "°" >=-180 <180 }, HPR { RSHPX 16 u1/2 "m" <=32767, RSHPY 16 u1/2 "m" <=32767, CORSHPXY 8 s1/128 }, HPP { SDHPX 16 u1/4 "m" <=16383.75, SDHPY 16 u1/4 "m" <=16383.75, COSDHPXY 8 s1/128 } }',
    ],
    [
      "601",
      "1.0 1.1 1.2",
      'compound { GH 24 s1/100 "m" >=-83286 <=83286, RSGH 24 u1/100 "m" <=167772.15, SDGH 24 u1/100 "m" <=167772.15, CI6 { UCI6 12 u16 "m" <=65520, LCI6 12 u16 "m" <=65520 }, CI9 { UCI9 12 u16 "m" <=65520, LCI9 12 u16 "m" <=65520 }, COGHHP { X 8 s1/128, Y 8 s1/128 }, COGHHV { X 8 s1/128, Y 8 s1/128 }, COGHHA { X 8 s1/128, Y 8 s1/128 } }',
    ],
    [
      "602",
      "1.0 1.1 1.2",
      'compound { HV { X 20 s1/100 "m/s" >=-5242.87 <=5242.87, Y 20 s1/100 "m/s" >=-5242.87 <=5242.87 }, RSHV { X 16 u1/100 "m/s" <=655.35, Y 16 u1/100 "m/s" <=655.35, CORSHVXY 8 s1/128 }, SDHV { X 16 u1/100 "m/s" <=655.35, Y 16 u1/100 "m/s" <=655.35, COHVXY 8 s1/128 }, COHVHP { COHVXHPX 8 s1/128, COHVXHPY 8 s1/128, COHVYHPX 8 s1/128, COHVYHPY 8 s1/128 } }',
    ],
    [
      "603",
      "1.0 1.1 1.2",
      'compound { HA { X 12 s1/16 "m/s²" >=-128 <=128, Y 12 s1/16 "m/s²" >=-128 <=128 }, SDHA { X 12 u1/16 "m/s²" <=255.9375, Y 12 u1/16 "m/s²" <=255.9375, COHAXY 8 s1/128 }, COHAHP { COHAXHPX 8 s1/128, COHAXHPY 8 s1/128, COHAYHPX 8 s1/128, COAYHPY 8 s1/128 }, COHAHV { COHAXHVX 8 s1/128, COHAXHVY 8 s1/128, COHAYHVX 8 s1/128, COHAYHVY 8 s1/128 } }',
    ],
    [
      "604",
      "1.0 1.1 1.2",
      'compound { VV 24 s1/100 "m/s" >=-83886.07 <=83886.07, RSVV 16 u1/100 "m/s" <=655.35, SDVV { SDVV 16 u1/100 "m/s" <=655.35, COVVGH 8 s1/128 }, COVVHP { X 8 s1/128, Y 8 s1/128 }, COVVHV { X 8 s1/128, Y 8 s1/128 }, COVVHA { X 8 s1/128, Y 8 s1/128 } }',
    ],
    [
      "605",
      "1.0 1.1 1.2",
      'compound { VA 16 s1/100 "m/s²" >=-327.67 <=327.67, RSVA { SDVA 16 u1/100 "m/s²" <=167772.15, COVAGH 8 s1/128, COVAVV 8 s1/128 }, COVAHP { X 8 s1/128, Y 8 s1/128 }, COVAHV { X 8 s1/128, Y 8 s1/128 }, COVAHA { X 8 s1/128, Y 8 s1/128 } }',
    ],
    [
      "625",
      "1.0 1.1 1.2",
      'compound { R 24 s1/10 "m" >=-838860.7 <=838860.7, RSR 24 u1/10 "m" <=1677721.5, SDR 24 u1/10 "m" <=1677721.5, RR 24 s1/10 "m/s" >=-838860.7 <=838860.7, RSRR 24 u1/10 "m/s" <=1677721.5, SDRR { SDRR 24 u1/10 "m/s" <=1677721.5, CORRR 8 s1/128 }, RA 16 s1/64 "m/s²" >=-512 <=512, SDRA { SDRA 16 u1/128 "m/s²" <=512, CORAR 8 s1/128, CORARR 8 s1/128 } }',
    ],
    [
      "626",
      "1.0 1.1 1.2",
      'compound { DV 24 s1/100 "m/s" >=-83886.07 <=83886.07, SDDV 16 u1/64 "m/s" <=1024, DA 16 s1/64 "m/s²" >=-512 <=512, SDDA { SDDA 16 u1/64 "m/s²" <=1024, CODADV 8 s1/128 }, CODVR 8 s1/128, CODVRR 8 s1/128, CODVRA 8 s1/128, CODAR 8 s1/128, CODARR 8 s1/128, CODARA 8 s1/128 }',
    ],
    [
      "627",
      "1.0 1.1 1.2",
      'compound { AZ 16 u360/65536 "°" >=360, RSAZ 16 u45/65536 "°" <=45, SDASZ 16 u45/65536 "°" <=45, AZR 16 s180/65536 "°" >=-90 <=90, SDAZR { SDAZR 16 u45/65536 "°" <=45, COAZRAZ 8 s1/128 }, AZEX { S 16 u360/65536 "°" <=360, E 16 u360/65536 "°" <=360 } }',
    ],
    [
      "628",
      "1.0 1.1 1.2",
      'compound { EL 16 s180/65536 "°" >=-90 <=90, RSEL 16 u45/65536 "°" <=45, SDEL 16 u45/65536 "°" <=45, ER 16 s180/65536 "°/s" >=-90 <=90, SDER { SDELR 16 u45/65536 "°/s", COELREL 8 s1/128 }, ELEX { S 16 s180/65536 "°" >=-90 <=90, E 16 s180/65536 "°" >=-90 <=90 } }',
    ],
    [
      "630",
      "1.0 1.1 1.2",
      'compound { DPP 8 s1 "dB" >=-128 <=127, DPS 8 s1 "dB" >=-128 <=127, RPP { _ 7, RPP 9 s1 "dB" >=-256 <=255 }, RPS 8 s1 "dB" >=-128 <=127 }',
    ],
    [
      "631",
      "1.0 1.1 1.2",
      'repeat 1 { AZCON 16 u360/65536 "°" >=360, ELCON 16 s180/65536 "°" <=-90 >=90, RGCONSTOP 16 u10000/65536 "m", RGCONSTART 16 u10000/65536 "m" }',
    ],
    ["SP", "1.0 1.1 1.2", "explicit sp"],
  ],
  expansions: [],
};
