import type { CategoryTable } from "../category-table.ts";
import { category001 } from "./category-001.ts";
import { category002 } from "./category-002.ts";
import { category004 } from "./category-004.ts";
import { category007 } from "./category-007.ts";
import { category008 } from "./category-008.ts";
import { category009 } from "./category-009.ts";
import { category010 } from "./category-010.ts";
import { category011 } from "./category-011.ts";
import { category015 } from "./category-015.ts";
import { category016 } from "./category-016.ts";
import { category017 } from "./category-017.ts";
import { category018 } from "./category-018.ts";
import { category019 } from "./category-019.ts";
import { category020 } from "./category-020.ts";
import { category021 } from "./category-021.ts";
import { category023 } from "./category-023.ts";
import { category025 } from "./category-025.ts";
import { category032 } from "./category-032.ts";
import { category034 } from "./category-034.ts";
import { category048 } from "./category-048.ts";
import { category062 } from "./category-062.ts";
import { category063 } from "./category-063.ts";
import { category065 } from "./category-065.ts";
import { category150 } from "./category-150.ts";
import { category205 } from "./category-205.ts";
import { category240 } from "./category-240.ts";
import { category247 } from "./category-247.ts";

/** Every category known here; adding one is adding its table. */
export const categoryTables: readonly CategoryTable[] = [
  category001,
  category002,
  category004,
  category007,
  category008,
  category009,
  category010,
  category011,
  category015,
  category016,
  category017,
  category018,
  category019,
  category020,
  category021,
  category023,
  category025,
  category032,
  category034,
  category048,
  category062,
  category063,
  category065,
  category150,
  category205,
  category240,
  category247,
];
