import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { u32 } from '@noble/ciphers/utils.js'
import { blake2b } from '@noble/hashes/blake2.js'

/** Bytes of a key of X25519. */
const keyLength = 32
const nonceLength = 24

/**
 * Encrypts a text so that only the holder of the private key reads it: libsodium's sealed box, `crypto_box_seal`, as
 * GitHub asks for it. A key pair made for this text alone agrees with the recipient's key on a shared one.
 * @param recipient Public key of X25519, 32 bytes.
 * @returns The public key of the pair and the box, 48 bytes more than the text; `undefined` for a key that is none.
 */
export function seal(text: string, recipient: Uint8Array): Uint8Array | undefined {
  if (recipient.length !== keyLength) return undefined
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const own = rawKey(publicKey)
  const shared = agree(privateKey, recipient)
  if (!shared) return undefined
  const nonce = blake2b(Buffer.concat([own, recipient]), { dkLen: nonceLength })
  const box = xsalsa20poly1305(boxKey(shared), nonce).encrypt(Buffer.from(text, 'utf8'))
  return Buffer.concat([own, box])
}

function rawKey(key: KeyObject): Uint8Array {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
}

/** Node refuses the few keys with which nothing is secret. */
function agree(privateKey: KeyObject, recipient: Uint8Array): Uint8Array | undefined {
  const x = Buffer.from(recipient).toString('base64url')
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' })
    return diffieHellman({ privateKey, publicKey })
  } catch {
    return undefined
  }
}

/** The first half of `crypto_box`: HSalsa20 of the shared key, with sixteen zeros in place of a nonce. */
function boxKey(shared: Uint8Array): Uint8Array {
  const key = new Uint8Array(keyLength)
  hsalsa(sigma, u32(Uint8Array.from(shared)), new Uint32Array(4), u32(key))
  return key
}

const sigma = u32(Uint8Array.from(Buffer.from('expand 32-byte k', 'latin1')))
