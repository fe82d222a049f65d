// All SQL on images and their labels, behind one face: stories ask here and write none of their own.
export { deleteAdopted, findAdoptions, insertAdopted } from "./adopted.ts";
export {
  type BlockedFileRow,
  blockFileOf,
  blockFiles,
  hideBlockedFiles,
  isBlockedFile,
  liftFile,
  listBlockedFiles,
} from "./blocked-files.ts";
export { deleteExpired, deleteOwn } from "./delete.ts";
export {
  findDeleteTokenHash,
  findImage,
  findImages,
  findOwnRows,
  findPublicImage,
  findStoredBytes,
  findViewableImage,
  hasRow,
} from "./find.ts";
export { listImages } from "./list.ts";
export type { ListQuery, Position } from "./list-query.ts";
export { dropLook, findRows, looksBehind, putLookBack, storeLook, takeDueLook } from "./looks.ts";
export { answeredReports, listReported, openReports } from "./reported.ts";
export { deleteOldReports, insertReport, resolveReports } from "./reports.ts";
export { among, deleteImageRow, type ImageRow, insertImage, insertLabels } from "./rows.ts";
export { moderateRow, updateImages } from "./update.ts";
export {
  countImages,
  hiddenAmong,
  markFailed,
  oldestImages,
  owedLooks,
  rowsFrom,
  someImages,
} from "./upkeep.ts";
export { labelsOf, markReady, missingAmong, relabel, rowsById, withoutMaster } from "./whole.ts";
