import { gunzipSync } from 'node:zlib'

const isizeBytes = 4

/**
 * How many bytes a gzip body says that it holds, in its last four (RFC 1952, section 2.3.1): to be taken at its word, and then held to it. Of several
 * members, it is what the last one holds.
 */
export function saidLength(gzipped: Uint8Array): number {
  const { buffer, byteOffset, byteLength } = gzipped
  return byteLength < isizeBytes ? 0 : new DataView(buffer, byteOffset, byteLength).getUint32(byteLength - isizeBytes, true)
}

/** A gzip body decompressed, in one go and one piece; no more than `bytesMax` of it. */
export function inflated(gzipped: Uint8Array, bytesMax: number): Buffer | 'not gzip' | 'too large' {
  if (gzipped.length === 0) return Buffer.alloc(0)
  try {
    return gunzipSync(gzipped, { maxOutputLength: Math.max(1, bytesMax), chunkSize: Math.max(64, bytesMax + 1) })
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'not gzip'
  }
}
