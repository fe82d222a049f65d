// The markers of a JPEG by number (T.81, table B.1).

export const markers = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  huffmanTables: 0xc4,
  restartInterval: 0xdd,
  /** Application segments by what they hold: JFIF; EXIF and XMP; ICC; Photoshop's resources; Adobe's colour transform. */
  jfif: 0xe0,
  exif: 0xe1,
  icc: 0xe2,
  photoshop: 0xed,
  adobe: 0xee,
  comment: 0xfe,
} as const;

/** What follows FF where a marker is meant: not a stuffed zero, not a restart, not fill. */
export const isMarker = (byte: number) => byte !== 0 && byte !== 0xff && !(byte >= 0xd0 && byte <= 0xd7);

export const hasLength = (marker: number) => marker >= 0xc0 && !(marker >= 0xd0 && marker <= 0xd9);

/** SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC), which share their range. */
export const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Inside scan data a damaged byte may look like any marker; only these are believed. */
export const isKnownBetweenScans = (marker: number) =>
  marker === 0xc4 || (marker >= 0xda && marker <= 0xdd) || marker >= 0xe0;

/** APPn and comments. */
export const isMetadata = (marker: number) => marker >= markers.jfif;
