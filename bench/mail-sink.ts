// A mail server that takes everything and keeps nothing, in a process of its own: says its port, and at the end how many mails it took.
import { createServer, type AddressInfo } from 'node:net'

let taken = 0

const server = createServer((socket) => {
  let [rest, isData] = ['', false]
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1')
    for (let end; (end = rest.indexOf(isData ? '\r\n.\r\n' : '\r\n')) >= 0; ) {
      const line = isData ? '' : rest.slice(0, end)
      rest = rest.slice(end + (isData ? 5 : 2))
      if (isData) taken++
      isData = line.toUpperCase() === 'DATA'
      if (/^QUIT/i.test(line)) return void socket.end('221 bye\r\n')
      socket.write(isData ? '354 go on\r\n' : '250 OK\r\n')
    }
  })
  socket.write('220 ready\r\n')
})
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.on('message', () => process.send!({ taken }))
process.on('disconnect', () => process.exit())
