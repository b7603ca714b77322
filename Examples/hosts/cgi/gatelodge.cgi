#!/bin/sh
# What a web server starts for each request. Its arguments, which may come from a URL, are not handed on.
unset HTTP_PROXY
export GATELODGE_SETTINGS=/home/site/gatelodge/gatelodge.yaml
exec /home/site/gatelodge/gatelodge
