export interface SeedMessage {
  /** `customer`, or the id of a person. */
  readonly from: string
  readonly hoursAgo: number
  readonly body: string
  readonly isNote?: true
}

export interface SeedTicket {
  readonly id: string
  readonly customerId: string
  readonly assigneeId: string | null
  readonly subject: string
  readonly status: 'open' | 'pending' | 'solved'
  readonly priority: 'low' | 'normal' | 'high' | 'urgent'
  readonly channel: 'email' | 'chat' | 'web'
  readonly tags: readonly string[]
  readonly messages: readonly SeedMessage[]
}

const says = (from: string, hoursAgo: number, body: string): SeedMessage => ({ from, hoursAgo, body })
const note = (from: string, hoursAgo: number, body: string): SeedMessage => ({ from, hoursAgo, body, isNote: true })

export const TICKETS: readonly SeedTicket[] = [
  {
    id: 'T-2048',
    customerId: 'acme-lena',
    assigneeId: 'ada',
    status: 'open',
    priority: 'high',
    channel: 'email',
    subject: 'Tent arrived with a torn rain fly',
    tags: ['damaged', 'refund'],
    messages: [
      says(
        'customer',
        26,
        'Hello,\n\nmy Ridgeline tent (order NW-1042) came today. The rain fly has a tear of about 10 cm next to the zip, right out of the bag. We leave for Norway on Friday, so I would rather have my money back for the fly than wait for a new one.\n\nBest regards\nLena',
      ),
      says(
        'ada',
        25,
        'Hi Lena,\n\nI am sorry, that is not how a new tent should arrive. Could you send us a photo of the tear? Then I can arrange the refund for the rain fly right away.\n\nAda',
      ),
      says('customer', 2, 'Photo is attached. Thank you for being so quick about it!'),
    ],
  },
  {
    id: 'T-2047',
    customerId: 'acme-tomas',
    assigneeId: null,
    status: 'open',
    priority: 'normal',
    channel: 'chat',
    subject: 'Where is my order NW-1047?',
    tags: ['shipping'],
    messages: [
      says(
        'customer',
        5,
        'Hi! The tracking of NW-1047 has said "in transit" since Monday. Is it still coming this week?',
      ),
      says('customer', 4, 'It is a birthday present, so I would really like to know.'),
    ],
  },
  {
    id: 'T-2045',
    customerId: 'acme-jonas',
    assigneeId: 'max',
    status: 'open',
    priority: 'urgent',
    channel: 'email',
    subject: 'Six harnesses needed before Saturday',
    tags: ['business', 'stock'],
    messages: [
      says(
        'customer',
        9,
        'We have a group of twelve on Saturday and six of our harnesses failed the yearly inspection. Can you deliver six Summit harnesses, size M, to Oslo by Friday noon?',
      ),
      note('max', 8, 'Warehouse has 14 in M. Express to Oslo is possible if the order is in before 15:00.'),
      says(
        'max',
        8,
        'Hi Jonas, yes, we can. If you confirm in the next two hours they leave today by express, which adds EUR 24.00.',
      ),
    ],
  },
  {
    id: 'T-2044',
    customerId: 'acme-priya',
    assigneeId: 'ada',
    status: 'pending',
    priority: 'normal',
    channel: 'web',
    subject: 'Exchange hiking boots for half a size up',
    tags: ['exchange'],
    messages: [
      says(
        'customer',
        31,
        'The Moraine boots from NW-1051 are lovely but a little tight. Can I exchange them for a 40.5?',
      ),
      says('ada', 29, 'Of course. I have sent you a return label. As soon as the parcel is scanned we send the 40.5.'),
    ],
  },
  {
    id: 'T-2042',
    customerId: 'acme-chloe',
    assigneeId: 'max',
    status: 'open',
    priority: 'normal',
    channel: 'email',
    subject: 'Charged twice for the same backpack?',
    tags: ['billing'],
    messages: [
      says(
        'customer',
        47,
        'Bonjour, my card statement shows EUR 149.00 twice for the Traverse backpack. I only ordered one.',
      ),
      says(
        'max',
        45,
        'Hi Chloé, one of the two is usually a reservation that disappears within three days. I am checking it with the payment provider and will come back to you.',
      ),
      says('customer', 21, 'It is still there this morning.'),
    ],
  },
  {
    id: 'T-2040',
    customerId: 'acme-owen',
    assigneeId: 'ada',
    status: 'solved',
    priority: 'low',
    channel: 'web',
    subject: 'How do I re-proof my rain jacket?',
    tags: ['care'],
    messages: [
      says('customer', 74, 'Water no longer beads off my Squall jacket. Is there anything I can do?'),
      says(
        'ada',
        72,
        'Hi Owen, wash it at 30 degrees without softener, then tumble dry on low for 20 minutes. If that does not help, a spray-on treatment will.',
      ),
      says('customer', 55, 'The dryer did it. Like new! Cheers.'),
    ],
  },
  {
    id: 'T-2039',
    customerId: 'acme-marta',
    assigneeId: null,
    status: 'open',
    priority: 'low',
    channel: 'email',
    subject: 'Student discount',
    tags: ['question'],
    messages: [
      says(
        'customer',
        12,
        'Do you offer a discount for students? I would like to buy a sleeping bag for a year abroad.',
      ),
    ],
  },
  {
    id: 'T-2037',
    customerId: 'acme-eli',
    assigneeId: 'max',
    status: 'pending',
    priority: 'normal',
    channel: 'email',
    subject: 'Invoice with VAT number for NW-1063',
    tags: ['billing', 'business'],
    messages: [
      says('customer', 99, 'Could you re-issue the invoice for NW-1063 with our VAT number, BE 0123.456.789?'),
      says('max', 96, 'Hi Eli, our accounting team is on it. You should have the corrected invoice tomorrow.'),
    ],
  },
  {
    id: 'T-2034',
    customerId: 'acme-lena',
    assigneeId: 'max',
    status: 'solved',
    priority: 'normal',
    channel: 'chat',
    subject: 'Delivery address changed',
    tags: ['shipping'],
    messages: [
      says('customer', 171, 'I moved last week. Can my next parcel go to the new address?'),
      says('max', 170, 'Done! It is changed in your account, and for the order that has not left yet.'),
    ],
  },
  {
    id: 'T-2031',
    customerId: 'acme-jonas',
    assigneeId: 'ada',
    status: 'solved',
    priority: 'high',
    channel: 'email',
    subject: 'Rope NW-1029 is 60 m, not 70 m',
    tags: ['wrong item', 'refund'],
    messages: [
      says('customer', 243, 'We ordered the 70 m rope and received the 60 m one.'),
      says(
        'ada',
        240,
        'My apologies, Jonas. The 70 m rope is on its way by express, and we have refunded the difference.',
      ),
      says('customer', 218, 'Arrived. Thank you.'),
    ],
  },
  {
    id: 'T-2029',
    customerId: 'acme-tomas',
    assigneeId: 'max',
    status: 'solved',
    priority: 'low',
    channel: 'web',
    subject: 'Gift card code does not work',
    tags: ['billing'],
    messages: [
      says('customer', 290, 'The code on my gift card is refused at checkout.'),
      says('max', 288, 'The last character is a zero, not the letter O. Could you try it again?'),
      says('customer', 287, 'Ah. It works.'),
    ],
  },
  {
    id: 'T-2026',
    customerId: 'acme-chloe',
    assigneeId: 'ada',
    status: 'solved',
    priority: 'normal',
    channel: 'email',
    subject: 'Stove does not ignite',
    tags: ['warranty'],
    messages: [
      says('customer', 340, 'The piezo igniter of my Ember stove gave up after two weekends.'),
      says('ada', 335, 'That is covered by the warranty. A new igniter is in the post; it is clipped in by hand.'),
    ],
  },
  {
    id: 'T-3117',
    customerId: 'globex-sofia',
    assigneeId: 'grace',
    status: 'open',
    priority: 'high',
    channel: 'email',
    subject: 'Espresso machine leaks from the group head',
    tags: ['warranty'],
    messages: [
      says(
        'customer',
        20,
        'Good morning. The Aurora machine from NW-1102 leaks when it heats up. It is three weeks old.',
      ),
      says(
        'grace',
        18,
        'Good morning Sofia, that sounds like the gasket. Would you like a replacement machine, or your money back?',
      ),
      says('customer', 3, 'A replacement would be perfect.'),
    ],
  },
  {
    id: 'T-3116',
    customerId: 'globex-henrik',
    assigneeId: 'gus',
    status: 'open',
    priority: 'normal',
    channel: 'web',
    subject: 'Only half of my order has arrived',
    tags: ['shipping'],
    messages: [says('customer', 7, 'NW-1107 should have been four dining chairs. Two are here. Where are the others?')],
  },
  {
    id: 'T-3114',
    customerId: 'globex-amara',
    assigneeId: null,
    status: 'open',
    priority: 'normal',
    channel: 'chat',
    subject: 'Is the oak table treated with oil or varnish?',
    tags: ['question'],
    messages: [says('customer', 11, 'I would like to know before I order, because of small children and juice.')],
  },
  {
    id: 'T-3112',
    customerId: 'globex-pieter',
    assigneeId: 'grace',
    status: 'pending',
    priority: 'urgent',
    channel: 'email',
    subject: 'Oven delivery blocks our opening',
    tags: ['business', 'shipping'],
    messages: [
      says('customer', 16, 'We open on Thursday and the deck oven is still in Rotterdam. Please escalate.'),
      says(
        'grace',
        15,
        'Pieter, I have the carrier on the phone. They promise a slot tomorrow from 8 to 10; I will confirm it as soon as I have it in writing.',
      ),
      note('grace', 14, 'If the slot fails: lift truck from the Utrecht depot, approved by operations.'),
    ],
  },
  {
    id: 'T-3110',
    customerId: 'globex-yuki',
    assigneeId: 'gus',
    status: 'open',
    priority: 'low',
    channel: 'email',
    subject: 'Spare glass for the Halo lamp',
    tags: ['parts'],
    messages: [says('customer', 34, 'The shade of my lamp broke in the move. Do you sell the glass by itself?')],
  },
  {
    id: 'T-3108',
    customerId: 'globex-ines',
    assigneeId: 'gus',
    status: 'pending',
    priority: 'normal',
    channel: 'email',
    subject: 'Return of two cushions',
    tags: ['return'],
    messages: [
      says('customer', 52, 'The colour is not what I expected. I would like to return the cushions of NW-1121.'),
      says('gus', 50, 'No problem, Inês. The label is in your inbox.'),
    ],
  },
  {
    id: 'T-3105',
    customerId: 'globex-david',
    assigneeId: 'grace',
    status: 'solved',
    priority: 'normal',
    channel: 'chat',
    subject: 'Refund for the cancelled bookshelf',
    tags: ['refund'],
    messages: [
      says('customer', 122, 'I cancelled the bookshelf last week but see no refund yet.'),
      says('grace', 120, 'It left our account this morning; banks take up to three days.'),
      says('customer', 75, 'It is here. Thank you!'),
    ],
  },
  {
    id: 'T-3103',
    customerId: 'globex-sofia',
    assigneeId: 'gus',
    status: 'solved',
    priority: 'low',
    channel: 'web',
    subject: 'Descaling interval',
    tags: ['care'],
    messages: [
      says('customer', 160, 'How often should I descale the machine with very hard water?'),
      says('gus', 158, 'Every six weeks, or when the light asks for it, whichever comes first.'),
    ],
  },
  {
    id: 'T-3101',
    customerId: 'globex-amara',
    assigneeId: 'gus',
    status: 'solved',
    priority: 'normal',
    channel: 'email',
    subject: 'Change delivery to Saturday',
    tags: ['shipping'],
    messages: [
      says('customer', 200, 'Could the sofa come on Saturday rather than Friday?'),
      says('gus', 197, 'Saturday between 9 and 12 is booked for you.'),
    ],
  },
  {
    id: 'T-3099',
    customerId: 'globex-henrik',
    assigneeId: 'grace',
    status: 'solved',
    priority: 'high',
    channel: 'email',
    subject: 'Missing screws for the wardrobe',
    tags: ['parts'],
    messages: [
      says('customer', 260, 'Bag C is not in the box.'),
      says('grace', 258, 'Bag C is on its way by letter post. Sorry for the interruption!'),
    ],
  },
  {
    id: 'T-3096',
    customerId: 'globex-yuki',
    assigneeId: 'gus',
    status: 'solved',
    priority: 'low',
    channel: 'web',
    subject: 'Unsubscribe from the catalogue',
    tags: ['account'],
    messages: [
      says('customer', 310, 'Please stop sending me the paper catalogue.'),
      says('gus', 309, 'Done. One more may already be in the post.'),
    ],
  },
]
