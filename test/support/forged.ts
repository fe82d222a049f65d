// Headers by which a stranger would like to be noted as somebody else, or to write into what is noted.
export const ADMIN = "known-to-the-operator-only";

export const forgedHeaders = {
  "CF-Connecting-IP": "198.51.100.7",
  "X-Forwarded-For": "198.51.100.7",
  "User-Agent": "Firefox forged",
  Referer: "https://forged.example/ann-secret",
  Origin: "https://forged.example",
  "X-Request-Id": "forged",
  "X-Refusal-Code": "forged",
  "X-Kept-Render": "forged",
  "X-Original-Stays": "forged",
  "X-Master-Lost": "forged",
  "X-Image-Url": "https://forged.example/7c1/aaaaaaaa.jpg",
  "X-Client-Address": "198.51.100.7",
  "Cache-Tag": "forged",
} as const;
