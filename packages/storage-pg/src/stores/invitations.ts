import type { InvitationStore } from '@souk/server-adapter/storage'
import type { Database } from '../database'
import { selectExactlyOne, selectOne } from '../rows'
import { INVITATION } from '../tables'
import { CREATED, orderedPage } from './ordered-page'

export const createInvitationStore = (database: Database, s: string): InvitationStore => {
  const record = `${INVITATION.json('i')}::text as record`

  return {
    create: (invitation) =>
      database.transaction(async (tx) => {
        await tx.query(
          `update ${s}.developer_invitation set status = 'revoked', answered_by = $4, answered_at = $5::timestamptz
          where developer_account_id = $1 and user_id is not distinct from $2 and email is not distinct from $3
            and status = 'pending'`,
          [
            invitation.developerAccountId,
            invitation.userId,
            invitation.email,
            invitation.invitedBy,
            invitation.createdAt.toISOString(),
          ],
        )
        return selectExactlyOne(
          tx,
          INVITATION,
          `insert into ${s}.developer_invitation as i (${INVITATION.columns}) values (${INVITATION.values})
          returning ${record}`,
          INVITATION.params(invitation),
        )
      }),
    findByToken: (tokenHash) =>
      selectOne(database, INVITATION, `select ${record} from ${s}.developer_invitation i where i.token_hash = $1`, [
        tokenHash,
      ]),
    get: (accountId, id) =>
      selectOne(
        database,
        INVITATION,
        `select ${record} from ${s}.developer_invitation i where i.developer_account_id = $1 and i.id = $2`,
        [accountId, id],
      ),
    list: (accountId, page) =>
      orderedPage(
        database,
        s,
        INVITATION,
        {
          list: 'invitations',
          where: 'r.developer_account_id = $4',
          params: [accountId],
          newestFirst: true,
          time: CREATED,
        },
        page,
      ),
    // In one statement, so that a user who is a member already leaves the invitation as it was.
    accept: (id, userId, at) =>
      selectOne(
        database,
        INVITATION,
        `with i as (update ${s}.developer_invitation
            set status = 'accepted', answered_by = $2, answered_at = $3::timestamptz
            where id = $1 and status = 'pending' and expires_at > $3::timestamptz returning *),
          m as (insert into ${s}.developer_account_member (developer_account_id, user_id, role, joined_at)
            select i.developer_account_id, $2, i.role, $3::timestamptz from i)
        select ${record} from i`,
        [id, userId, at.toISOString()],
      ),
    answer: (id, { status, by, at }) =>
      selectOne(
        database,
        INVITATION,
        `update ${s}.developer_invitation as i set status = $2, answered_by = $3, answered_at = $4::timestamptz
        where i.id = $1 and i.status = 'pending' returning ${record}`,
        [id, status, by, at.toISOString()],
      ),
  }
}
