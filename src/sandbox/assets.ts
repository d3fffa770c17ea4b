/**
 * What the build prepares for the sandbox, and where the page finds it.
 *
 * Writer: `src/integrations/python.ts`. Reader: the page side of the sandbox, by way of JSON in the page.
 */
import type { PlatformDescription } from '../platforms/description.ts';
import type { FileContent } from '../trace/file-content.ts';
import type { PythonFile } from './protocol.ts';

/** A file that the page fetches and verifies before it uses a byte of it. */
export interface Asset {
  /** Path below the site's base, without a slash in front; has the content's hash in it. */
  readonly path: string;
  /** SHA-256, in hexadecimal, of the bytes as the page hands them on: unpacked where they are packed with gzip. */
  readonly sha256: string;
  /** Bytes unpacked. */
  readonly size: number;
  /** Bytes as stored on the host. */
  readonly transferred: number;
  /**
   * How the host's bytes are packed: by the build itself, so no header of the host's is needed. What is packed with
   * Brotli is unpacked by the environment, as few browsers can.
   */
  readonly packing: 'gzip' | 'brotli' | 'none';
}

export interface SandboxAssets {
  readonly python: Readonly<Record<PythonFile, Asset>>;
  /** The environment's worker: one classic script. */
  readonly worker: Asset;
  /** A `ServedPlatform` as JSON, for each platform. */
  readonly platforms: Readonly<Record<string, Asset>>;
  /** The whole document of the runner frame, for its `srcdoc`. */
  readonly frame: string;
}

/** A platform as the page fetches it, with what may be laid on its disk later: a page that is only read knows of neither. */
export interface ServedPlatform extends PlatformBundle {
  /** The file of the compiled time zones. */
  readonly zones: Asset;
}

/** What lies on a platform's disk, and what its `platform.json` says. */
export interface PlatformBundle {
  readonly description: PlatformDescription;
  /** By absolute path. */
  readonly files: Readonly<Record<string, FileContent>>;
}
