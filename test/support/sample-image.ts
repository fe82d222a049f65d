// The contract's example image, as the API answers it.
import type { Image } from "../../schema/api.ts";

const url = "https://src.example.com/7c1/k3f9x0qa.jpg";

export const sampleImage: Image = {
  id: "k3f9x0qa",
  object: "image",
  url,
  page_url: "https://example.com/k3f9x0qa",
  sizes: {
    small: { url: `${url}?size=s`, width: 426, height: 320 },
    medium: { url: `${url}?size=m`, width: 853, height: 640 },
    large: { url: `${url}?size=l`, width: 1440, height: 1080 },
  },
  filename: "harbour.jpg",
  format: "jpg",
  width: 4000,
  height: 3000,
  bytes: 812_345,
  transformable: true,
  status: "ready",
  public: true,
  published_at: "2026-05-01T09:30:00Z",
  expires_at: null,
  created_at: "2026-05-01T09:30:00Z",
  caption: null,
  labels: {},
  metadata: {},
  nsfw: false,
  placeholder: null,
  access: "public",
  hidden_metadata: "strip",
  notes: [],
};
