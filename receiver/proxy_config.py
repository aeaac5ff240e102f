"""Set-ups for a web server that stands before the receiver: nginx or Caddy.

Both are to carry bodies of any size straight through, without a copy of their own, and to tell the
receiver who the sender is. Knows their languages, nothing of the receiver but its address.
"""

from __future__ import annotations

import re

_DOMAIN = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?)+", re.IGNORECASE)

_NGINX = """\
# nginx before Wherry's receiver, for https://{domain}/
#
#   1. apt install nginx certbot python3-certbot-nginx
#   2. wherry-receiver proxy-config nginx --domain {domain}{port_option} \\
#          > /etc/nginx/sites-enabled/wherry.conf
#   3. nginx -t && systemctl reload nginx
#   4. certbot --nginx --redirect -d {domain}
#
# The receiver: wherry-receiver serve{port_option} --behind-proxy
# A link for senders: wherry-receiver link --behind-proxy --host {domain}

server {{
    listen 80;
    listen [::]:80;
    server_name {domain};

    # The receiver has a limit of its own (--max-upload); nginx's is 1 MiB unless told.
    client_max_body_size 0;

    # How much of one upload nginx holds in memory; under HTTP/2 also how much is on its way.
    client_body_buffer_size 256k;

    # A line that is silent for so long is given up. nginx's 60 s are short for phones.
    client_body_timeout 300s;
    send_timeout 300s;

    location / {{
        proxy_pass http://127.0.0.1:{port};

        # A body goes on as it comes. Else nginx collects it in a file, and only then sends it.
        proxy_request_buffering off;
        proxy_http_version 1.1;
        proxy_buffering off;

        # The end of a big upload waits for the disk.
        proxy_read_timeout 300s;
        proxy_send_timeout 300s;

        # Who sends, and under which address; what the sender itself claims is replaced.
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Host $http_host;
    }}
}}
"""

_CADDY = """\
# Caddy before Wherry's receiver, for https://{domain}/
#
#   1. apt install caddy
#   2. wherry-receiver proxy-config caddy --domain {domain}{port_option} > /etc/caddy/Caddyfile
#   3. systemctl reload caddy
#
# Caddy gets the certificate by itself, and passes bodies on as they come, of any size.
#
# The receiver: wherry-receiver serve{port_option} --behind-proxy
# A link for senders: wherry-receiver link --behind-proxy --host {domain}

{domain} {{
	reverse_proxy 127.0.0.1:{port} {{
		transport http {{
			versions 1.1
			dial_timeout 5s
			# Let a connection go before the receiver does (30 s), so that none is used too late.
			keepalive 20s
			# The end of a big upload waits for the disk.
			response_header_timeout 300s
		}}
	}}
}}
"""

KINDS = {"nginx": _NGINX, "caddy": _CADDY}


def proxy_config(kind: str, domain: str, port: int, default_port: int) -> str:
    """Return the text of a set-up file.

    Args:
        kind: one of `KINDS`.
        domain: the name under which senders reach it; names in other scripts are put in ASCII.
        port: where the receiver listens, on this machine.
        default_port: the one that need not be named.

    Raises:
        ValueError: this is no domain name, or no port.
    """
    try:
        plain = domain.strip().encode("idna").decode()
    except UnicodeError:
        plain = ""
    if not _DOMAIN.fullmatch(plain):
        raise ValueError(f"{domain!r} is not a domain name such as files.example.org")
    if not 1 <= port <= 65535:
        raise ValueError(f"the port is {port}; it must be from 1 to 65535")
    port_option = "" if port == default_port else f" --port {port}"
    return KINDS[kind].format(domain=plain, port=port, port_option=port_option)
