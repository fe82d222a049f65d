// Aborts an unfinished multipart upload, whether or not it still is one.

/** What R2 says of an upload that was completed or aborted before: error 10024. */
const isGone = (error: unknown) => error instanceof Error && error.message.includes("(10024)");

export async function abortUpload(upload: R2MultipartUpload): Promise<void> {
  try {
    await upload.abort();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
