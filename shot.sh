# shot.sh NAME PATH WIDTH HEIGHT
A=$(grep -o 'http[^ ]*' /tmp/p15/addr | head -1); B=${A%%/\?*}; T=${A##*token=}
sep='?'; case "$2" in *\?*) sep='&';; esac
timeout 90 chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir=/tmp/p15/prof --window-size=${3:-1280},${4:-1600} --screenshot=/tmp/p15/$1.png "$B$2${sep}token=$T" >/dev/null 2>&1; ls -la /tmp/p15/$1.png
