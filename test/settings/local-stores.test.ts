import { describe, expect, it } from 'vitest'
import { localStoresPath } from '../../src/settings/local-stores.ts'

const linux = { cwd: '/repo', homedir: '/home/ann', platform: 'linux' }
const mac = { cwd: '/repo', homedir: '/Users/ann', platform: 'darwin' }
const windows = { cwd: 'C:\\repo', homedir: 'C:\\Users\\ann', platform: 'win32' }

describe('localStoresPath', () => {
  it.each([
    ['/home/ann/.config/zenml/local_stores', linux, {}],
    ['/xdg/zenml/local_stores', linux, { XDG_CONFIG_HOME: '/xdg' }],
    ['/home/ann/.config/zenml/local_stores', linux, { XDG_CONFIG_HOME: '', ZENML_CONFIG_PATH: '' }],
    ['/etc/zen/local_stores', linux, { ZENML_CONFIG_PATH: '/etc/zen', XDG_CONFIG_HOME: '/xdg' }],
    ['/repo/zen/local_stores', linux, { ZENML_CONFIG_PATH: 'zen' }],
    ['/stores', linux, { ZENML_LOCAL_STORES_PATH: '/stores', ZENML_CONFIG_PATH: '/etc/zen' }],
    ['/repo/stores', linux, { ZENML_LOCAL_STORES_PATH: './stores' }],
    ['/etc/zen/local_stores', linux, { ZENML_LOCAL_STORES_PATH: '', ZENML_CONFIG_PATH: '/etc/zen' }],
    ['/Users/ann/Library/Application Support/zenml/local_stores', mac, { XDG_CONFIG_HOME: '/xdg' }],
    ['C:\\Users\\ann\\AppData\\Roaming\\zenml\\local_stores', windows, { APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' }],
    ['C:\\Users\\ann\\zenml\\local_stores', windows, {}],
    ['C:\\repo\\stores', windows, { ZENML_LOCAL_STORES_PATH: 'stores' }],
  ])('is %s on $platform with %o', (path, system, env) => {
    expect(localStoresPath({ ...system, env })).toBe(path)
  })
})
