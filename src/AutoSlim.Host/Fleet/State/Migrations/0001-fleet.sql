-- One schema for SQLite and PostgreSQL. Times are milliseconds since 1970 UTC.
create table devices (
    name text primary key,
    pool text not null,
    description text null,
    conditions text null,
    enrolled_ms bigint not null,
    seen_ms bigint null,
    revoked_ms bigint null
);

create table credentials (
    hash text primary key,
    purpose text not null,
    device text null,
    created_ms bigint not null,
    expires_ms bigint null,
    exchanged_for text null,
    revoked_ms bigint null
);

create table jobs (
    id text primary key,
    name text not null,
    specification text not null,
    state text not null,
    step bigint not null,
    message text null,
    submitted_ms bigint not null,
    started_ms bigint null,
    ended_ms bigint null
);

create table probes (
    id text primary key,
    campaign text not null,
    device text not null,
    entry text not null,
    kind bigint not null,
    request bytea not null,
    fence bigint not null,
    agent text null,
    result bytea null,
    asked_ms bigint not null,
    answered_ms bigint null
);

create index probes_by_campaign on probes (campaign);
create index probes_by_agent on probes (agent, answered_ms);
