@echo off
title 支部展板工作台
cd /d "@FOLDER@"
if not exist "@PYTHON@" goto missing
"@PYTHON@" -m boards desk
if errorlevel 1 pause
exit /b
:missing
echo 找不到支部展板程序：@PYTHON@
echo 请信息技术人员重新安装一次。
pause
exit /b 1
