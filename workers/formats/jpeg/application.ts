// How the application segments of a JPEG begin: the marker alone does not say whose they are.

export const jfifPrefix = "JFIF\0";
export const exifPrefix = "Exif\0\0";
/** XMP, part 3, section 1.1.3. Extended packets have another one, and hold depth maps and second pictures. */
export const xmpPrefix = "http://ns.adobe.com/xap/1.0/\0";
/** Behind it two bytes: the segment's number from 1, and how many there are (ICC.1:2022, annex B.4). */
export const iccPrefix = "ICC_PROFILE\0";
export const adobePrefix = "Adobe";
