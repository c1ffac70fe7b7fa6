export { type BackupOptions, makeBackup } from "./backup/backup.ts";
export { type RestoreOptions, restoreBackup } from "./backup/restore.ts";
export { type MaintenanceRun, runBackup, runDoctor, runRestore } from "./commands.ts";
export { type ExaminationOptions, examine } from "./doctor/examine.ts";
export { type Finding, type FindingState, lineOf } from "./finding.ts";
