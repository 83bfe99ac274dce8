// What mail servers write when a mail comes back, in the shapes of Postfix, Exchange and Gmail.

type Shape = (to: string) => string

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')

const postfix = (action: 'failed' | 'delayed', status: string, diagnostic: string): Shape => (to) =>
  crlf(`Return-Path: <>
From: MAILER-DAEMON@mx.example.test (Mail Delivery System)
Subject: ${action === 'failed' ? 'Undelivered Mail Returned to Sender' : 'Delayed Mail (still being retried)'}
To: ${to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4Yx1.1700000000/mx.example.test"
Content-Transfer-Encoding: 8bit
Message-Id: <20261123070000.4Yx1@mx.example.test>

This is a MIME-encapsulated message.

--4Yx1.1700000000/mx.example.test
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mx.example.test.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<anna@example.test>: ${diagnostic}

--4Yx1.1700000000/mx.example.test
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test
X-Postfix-Queue-ID: 4Yx1
X-Postfix-Sender: rfc822; ${to}
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0200 (EET)

Final-Recipient: rfc822; anna@example.test
Original-Recipient: rfc822;anna@example.test
Action: ${action}
Status: ${status}
Remote-MTA: dns; mail.example.test
Diagnostic-Code: smtp; ${diagnostic}

--4Yx1.1700000000/mx.example.test
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Nams <nams@example.test>
To: anna@example.test
Subject: x

--4Yx1.1700000000/mx.example.test--
`)

const exchange: Shape = (to) =>
  crlf(`From: Microsoft Outlook
 <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.test>
To: "${to}" <${to}>
Subject: =?utf-8?B?TmVwaWVnxIFkxIF0cw==?=: x
Date: Mon, 23 Nov 2026 07:00:01 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_3ef5_DB7PR01.prod.outlook.com_"
Content-Language: lv-LV
MIME-Version: 1.0

--_3ef5_DB7PR01.prod.outlook.com_
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="_alt_"

--_alt_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

SsWrc3UgemnFhmEgbmF2IHBpZWfEgWTEgXRhLg==

--_alt_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><p>J=C5=ABsu zi=C5=86a nav pieg=C4=81d=C4=81ta.</p></body></html>

--_alt_--

--_3ef5_DB7PR01.prod.outlook.com_
Content-Type: message/delivery-status

Reporting-MTA: dns;DB7PR01MB1234.eurprd01.prod.exchangelabs.com
Received-From-MTA: dns;nams.example.test
Arrival-Date: Mon, 23 Nov 2026 07:00:00 +0000

Final-Recipient: rfc822;anna@example.test
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient anna@example.test not found by SMTP address lookup
X-Display-Name: anna@example.test


--_3ef5_DB7PR01.prod.outlook.com_
Content-Type: message/rfc822

From: Nams <nams@example.test>
To: anna@example.test
Subject: x

y
--_3ef5_DB7PR01.prod.outlook.com_--
`)

const gmail: Shape = (to) =>
  crlf(`MIME-Version: 1.0
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: ${to}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
X-Failed-Recipients: anna@example.test
Content-Type: multipart/report; boundary="0000000000001"; report-type=delivery-status

--0000000000001
Content-Type: multipart/related; boundary="0000000000002"

--0000000000002
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to anna@example.test because the address couldn't be found.

--0000000000002--
--0000000000001
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; nams@example.test
Arrival-Date: Mon, 23 Nov 2026 07:00:00 -0800 (PST)
X-Original-Message-ID: <1.2.3@nams.example.test>

Final-Recipient: rfc822; anna@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (142.250.0.27, the server for
 the domain example.test.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550 5.1.1  https://support.google.com/mail/?p=NoSuchUser
Last-Attempt-Date: Mon, 23 Nov 2026 07:00:01 -0800 (PST)

--0000000000001
Content-Type: message/rfc822

Subject: x

y
--0000000000001--
`)

const onLeave: Shape = (to) => crlf(`From: anna@example.test\nTo: ${to}\nSubject: Esmu atvaļinājumā\nAuto-Submitted: auto-replied\n\nAtgriezīšos 1. decembrī. Action: failed Status: 5.1.1\n`)

export const bounces = {
  postfix: postfix('failed', '5.1.1', '550 5.1.1 <anna@example.test>: Recipient address rejected: User unknown'),
  exchange,
  gmail,
  delayed: postfix('delayed', '4.4.1', 'connect to mail.example.test[192.0.2.1]:25: Connection timed out'),
  givenUp: postfix('failed', '4.4.1', 'connect to mail.example.test[192.0.2.1]:25: Connection timed out'),
  onLeave,
}
