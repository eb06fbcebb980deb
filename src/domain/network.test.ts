import { expect, test } from 'vitest'
import { networksOf } from './network.ts'

test('an address is counted with its network: IPv4 by itself and its /24, IPv6 by its /64 and its /48', () => {
  expect(networksOf('192.0.2.77')).toEqual({ narrow: '192.0.2.77', wide: '192.0.2.0/24' })
  expect(networksOf('::ffff:192.0.2.77')).toEqual(networksOf('192.0.2.77'))
  expect(networksOf('2001:db8:1:2:3:4:5:6')).toEqual({ narrow: '2001:db8:1:2::/64', wide: '2001:db8:1::/48' })
  expect(networksOf('2001:0DB8:0001:0002::9')).toEqual(networksOf('2001:db8:1:2:3:4:5:6'))
  expect(networksOf('::1')).toEqual({ narrow: '0:0:0:0::/64', wide: '0:0:0::/48' })
  expect(networksOf('fe80::1%eth0')).toEqual({ narrow: 'fe80:0:0:0::/64', wide: 'fe80:0:0::/48' })
  expect(networksOf('64:ff9b::192.0.2.33')).toEqual({ narrow: '64:ff9b:0:0::/64', wide: '64:ff9b:0::/48' })
  expect(networksOf('unknown')).toEqual({ narrow: 'unknown', wide: 'unknown' })
})
