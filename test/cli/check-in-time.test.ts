import { describe, expect, it } from 'vitest'
import { checkInTime } from '../../src/cli/check-in-time.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'
import { SettingsError } from '../../src/settings/settings.ts'
import { checkSurface } from '../../src/settings/surface.ts'
import { captured, tree } from './run.ts'

const file = 'components: {}\nstack_name: prod\nzenml_version: 0.22.0\n'

describe('checkInTime', () => {
  it('comes to a report where there is time', async () => {
    await using root = await tree({ 'prod.yaml': file })
    const { io } = captured({ cwd: root.path })
    const { settings } = resolveSettings(checkSurface, new Map(), io)
    expect(await checkInTime(settings, io, { quiet: false })).toMatchObject({ result: 'pass', counts: { stacks: 1 } })
  })

  it('says that time was up before the files were read', async () => {
    const files = Array.from({ length: 1000 }, (_, index) => [`${index}.yaml`, file] as const)
    await using root = await tree(Object.fromEntries(files))
    const { io } = captured({ cwd: root.path })
    const { settings } = resolveSettings(checkSurface, new Map(), io)
    await expect(checkInTime({ ...settings, timeout: 0 }, io, { quiet: false })).rejects.toThrow(
      new SettingsError(['The files could not be read within the time given. Name fewer paths, or raise --timeout.']),
    )
  })

  it('passes on that it was interrupted', async () => {
    await using root = await tree({ 'prod.yaml': file })
    const { io } = captured({ cwd: root.path, signal: AbortSignal.abort(new RangeError('interrupted')) })
    const { settings } = resolveSettings(checkSurface, new Map(), io)
    await expect(checkInTime(settings, io, { quiet: false })).rejects.toThrow(RangeError)
  })
})
