# Verifies the DKIM signature of the message on standard input with a reader that is not ours; the argument is the DNS record.
import sys
import dkim

message = sys.stdin.buffer.read()
verifier = dkim.DKIM(message)
ok = verifier.verify(dnsfunc=lambda name, timeout=5: sys.argv[1].encode())
print('pass' if ok else 'fail')
print(' '.join(sorted(name.decode().lower() for name, _ in verifier.signed_headers)))
