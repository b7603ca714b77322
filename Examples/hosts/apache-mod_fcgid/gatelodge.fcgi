#!/bin/sh
# What mod_fcgid starts, with its listening socket on descriptor 0.
export GATELODGE_SETTINGS=/home/site/gatelodge/gatelodge.yaml
exec /home/site/gatelodge/gatelodge worker
