// Images are decoded within a limit and encoded anew: what is kept is the picture alone, upright, without where and by what it was taken.
import sharp from 'sharp'

/** A telephone's 48 megapixels; decoded these take 150 MB. */
export const mostPixels = 50_000_000

const slowest = 30

// No reader but those of what is taken, and nothing kept in memory between two pictures.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
sharp.cache(false)
sharp.concurrency(1)

let queue: Promise<unknown> = Promise.resolve()

/** One picture at a time is decoded, so that many at once need no more memory than one. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = queue.then(work)
  queue = done.catch(() => {})
  return done
}

export type ImageFault = 'file-pixels' | 'file-damaged'

/** Writes the picture into `to`; answers what is wrong with it, where something is. */
export const reencode = (kind: 'jpeg' | 'png' | 'webp', from: string, to: string): Promise<ImageFault | undefined> =>
  inTurn(async () => {
    const options = { limitInputPixels: false as const, failOn: 'warning' as const, sequentialRead: true }
    try {
      const { width, height } = await sharp(from, options).metadata()
      if (width * height > mostPixels) return 'file-pixels'
      const image = sharp(from, { ...options, limitInputPixels: mostPixels }).timeout({ seconds: slowest }).autoOrient()
      // Optimal coding would hold the whole picture once more.
      const encoded = { jpeg: () => image.jpeg({ quality: 85, optimizeCoding: false }), png: () => image.png(), webp: () => image.webp({ quality: 85 }) }[kind]()
      await encoded.toFile(to)
      return undefined
    } catch {
      return 'file-damaged'
    }
  })
